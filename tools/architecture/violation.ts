/** One place where the code breaks a rule of ARCHITECTURE.md or STYLE.md, and the way out. */
export interface Violation {
  /** From the repository's root. */
  readonly path: string
  readonly line?: number
  readonly problem: string
  readonly cure: string
}

export const report = ({ path, line, problem, cure }: Violation): string => `${path}${line ? `:${line}` : ''}\n  ${problem}\n  → ${cure}`
