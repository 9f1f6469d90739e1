import type { ImportProblem } from '@ai-crm/contracts'

/** Why a file cannot be read: where, and what helps. Of people's making, no failure of ours. */
export class FileProblem extends Error {
  readonly problem: ImportProblem

  constructor(code: string, message: string, line: number | null = null) {
    super(message)
    this.problem = { code, message, line }
  }
}

/** `finding`: the scanner's name for what it found. */
export class InfectedFile extends FileProblem {
  readonly finding: string

  constructor(finding: string) {
    super('crm.import.infected', 'The scanner found malware in this file.')
    this.finding = finding
  }
}
