import type { FormulaTree } from '@ai-crm/contracts'
import type { Span } from './errors.ts'

/** What a formula, or a part of it, gives; null: nothing of any kind. */
export type Gives = 'number' | 'money' | 'text' | 'date' | 'checkbox' | null

export interface Part {
  readonly tree: FormulaTree
  readonly gives: Gives
  readonly span: Span
}

/** A field that formulas can name. */
export interface Named {
  /** As it stands in the formula that is kept. */
  readonly key: string
  readonly gives: Exclude<Gives, null>
  readonly tree: FormulaTree
}
