import type { TestName } from './tests.ts'

/** What shows that a requirement is met: a test, by its name in tests.ts, or a place in a document, `docs/…md#heading`. */
export type Evidence = TestName | `doc:${string}.md#${string}`

/**
 * The three honest verdicts. `met`: shown by tests, and by documents where the requirement asks for one. `none`: there is
 * nothing here that it could be about. `open`: what is missing.
 */
export type Requirement =
  | { readonly id: string; readonly title: string; readonly verdict: 'met'; readonly evidence: readonly Evidence[] }
  | { readonly id: string; readonly title: string; readonly verdict: 'none' | 'open'; readonly reason: string; readonly evidence: readonly Evidence[] }

export const met = (id: string, title: string, ...evidence: readonly Evidence[]): Requirement => ({ id, title, verdict: 'met', evidence })

export const notApplicable = (id: string, title: string, reason: string): Requirement => ({ id, title, verdict: 'none', reason, evidence: [] })

/** `evidence`: what of it is there. */
export const open = (id: string, title: string, reason: string, ...evidence: readonly Evidence[]): Requirement => ({
  id,
  title,
  verdict: 'open',
  reason,
  evidence,
})

export interface Chapter {
  readonly number: number
  readonly title: string
  readonly requirements: readonly Requirement[]
}
