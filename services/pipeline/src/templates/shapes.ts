import type { GivenStage } from '@ai-crm/contracts'

type Shape = Partial<Pick<GivenStage, 'kind' | 'probability' | 'color' | 'rottingDays'>>

/** What the templates are in every language; their words are in `words/`, in the same order. */
export const SHAPES = {
  sales: [
    { probability: 10, color: 'gray', rottingDays: 7 },
    { probability: 30, color: 'blue', rottingDays: 14 },
    { probability: 60, color: 'purple', rottingDays: 14 },
    { kind: 'won', color: 'green' },
    { kind: 'lost', color: 'red' },
  ],
  b2b: [
    { probability: 5, color: 'gray', rottingDays: 14 },
    { probability: 15, color: 'teal', rottingDays: 21 },
    { probability: 35, color: 'blue', rottingDays: 30 },
    { probability: 55, color: 'purple', rottingDays: 30 },
    { probability: 75, color: 'orange', rottingDays: 21 },
    { probability: 90, color: 'yellow', rottingDays: 14 },
    { kind: 'won', color: 'green' },
    { kind: 'lost', color: 'red' },
  ],
  renewals: [
    { probability: 70, color: 'gray', rottingDays: 30 },
    { probability: 75, color: 'blue', rottingDays: 14 },
    { probability: 50, color: 'orange', rottingDays: 10 },
    { probability: 90, color: 'yellow', rottingDays: 10 },
    { kind: 'won', color: 'green' },
    { kind: 'lost', color: 'red' },
  ],
  recruiting: [
    { probability: 5, color: 'gray', rottingDays: 5 },
    { probability: 15, color: 'teal', rottingDays: 7 },
    { probability: 35, color: 'blue', rottingDays: 10 },
    { probability: 60, color: 'purple', rottingDays: 7 },
    { probability: 85, color: 'orange', rottingDays: 5 },
    { kind: 'won', color: 'green' },
    { kind: 'lost', color: 'red' },
  ],
} as const satisfies Readonly<Record<string, readonly Shape[]>>

export type TemplateId = keyof typeof SHAPES

export interface TemplateWords {
  readonly name: string
  readonly summary: string
  /** One for each stage of the shape. */
  readonly stages: readonly string[]
  readonly lostReasons: readonly string[]
}
