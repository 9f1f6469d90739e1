import type { MergeRecord } from '@ai-crm/contracts'
import type { TraitKind } from './traits.ts'

/** Two records as they compare: what they have in common, and how alike their names are, 0 to 1. */
export interface Comparison {
  readonly kinds: readonly (TraitKind | 'email')[]
  readonly likeness: number
}
export interface Verdict {
  readonly score: number
  /** The strongest first. */
  readonly reasons: readonly string[]
}

/** From here on it is worth somebody's look. */
export const MIN_SCORE = 50

interface Rule {
  readonly kind: Comparison['kinds'][number]
  readonly reason: string
  /** Names less alike than this speak against it. */
  readonly minLikeness: number
  readonly score: (likeness: number) => number
}

const CONTACT: readonly Rule[] = [
  { kind: 'email', reason: 'email', minLikeness: 0, score: () => 99 },
  { kind: 'telegram', reason: 'telegram', minLikeness: 0, score: (likeness) => 78 + 17 * likeness },
  { kind: 'phone', reason: 'phone', minLikeness: 0, score: (likeness) => 60 + 35 * likeness },
  { kind: 'company', reason: 'name-company', minLikeness: 0.5, score: (likeness) => 52 + 40 * likeness },
  { kind: 'domain', reason: 'name-domain', minLikeness: 0.5, score: (likeness) => 50 + 40 * likeness },
  { kind: 'mailbox', reason: 'mailbox', minLikeness: 0.3, score: (likeness) => 55 + 30 * likeness },
  { kind: 'name', reason: 'name', minLikeness: 0, score: () => 52 },
]
const COMPANY: readonly Rule[] = [
  { kind: 'domain', reason: 'domain', minLikeness: 0, score: (likeness) => 65 + 30 * likeness },
  { kind: 'name', reason: 'name', minLikeness: 0, score: () => 88 },
  { kind: 'phone', reason: 'phone', minLikeness: 0, score: (likeness) => 55 + 35 * likeness },
  { kind: 'word', reason: 'similar-name', minLikeness: 0.55, score: (likeness) => 30 + 55 * likeness },
]
const RULES: Readonly<Record<MergeRecord, readonly Rule[]>> = { contact: CONTACT, company: COMPANY }

/** How sure it is that two are the same, and why; null where it is not worth a look. The strongest reason counts, each further one a little. */
export function judge(record: MergeRecord, { kinds, likeness }: Comparison): Verdict | null {
  const found = RULES[record]
    .filter(({ kind, minLikeness }) => kinds.includes(kind) && likeness >= minLikeness)
    .map(({ reason, score }) => ({ reason, score: score(likeness) }))
    .toSorted((a, b) => b.score - a.score)
  const [first] = found
  if (!first || first.score < MIN_SCORE) return null
  return { score: Math.min(99, Math.round(first.score + 3 * (found.length - 1))), reasons: found.map(({ reason }) => reason) }
}
