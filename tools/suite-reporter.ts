import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/** What a suite came to. */
export interface SuiteReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, each in a few lines. */
  readonly failures: readonly string[]
}

/** Where the report is to be written: what vitest runs reporters with knows nothing of whoever started it. */
export const REPORT_FILE = 'SUITE_REPORT_FILE'

/** As much as tells why: of a locator its call log, of a comparison the difference. */
const MOST_LINES = 6
const MOST_CHARACTERS = 600

interface Failure {
  readonly message: string
  /** Of a comparison. */
  readonly diff?: unknown
}

/** Of a comparison the lines that differ. */
export function tellFailure(where: string, errors: readonly Failure[]): string {
  const lines = errors.flatMap(({ message, diff }) => [
    ...linesOf(message),
    ...linesOf(typeof diff === 'string' ? diff : '').filter((line) => /^[-+]/.test(line)),
  ])
  return `${where}: ${lines.slice(0, MOST_LINES).join('\n        ').slice(0, MOST_CHARACTERS)}`
}

const linesOf = (text: string): string[] =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')

/** Writes the report when the run has ended. A file that could not be run, or not set up, counts as a failed test. */
export default class SuiteReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const failures = [...modules.flatMap(failuresOf), ...unhandled.map((error) => tellFailure('outside of any test', [error]))]
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const report: SuiteReport = { passed: count('passed'), failed: failures.length, skipped: count('skipped'), failures }
    writeFileSync(process.env[REPORT_FILE] ?? '', JSON.stringify(report))
  }
}

function failuresOf(module: TestModule): string[] {
  const file = relative(process.cwd(), module.moduleId)
  const suites = [...module.children.allSuites()].map((suite) => ({ name: suite.fullName, errors: suite.errors() }))
  const tests = [...module.children.allTests('failed')].map((test) => ({ name: test.fullName, errors: test.result().errors ?? [] }))
  const broken = [{ name: 'the file', errors: module.errors() }, ...suites].filter(({ errors }) => errors.length > 0)
  return [...broken, ...tests].map(({ name, errors }) => tellFailure(`${file}: ${name}`, errors))
}
