import type { ImportProblem, ImportReading, ImportSettings } from '@ai-crm/contracts'
import type { FieldRow } from '../fields/field.ts'
import type { FoundAnalysis } from './analyse-table.ts'
import type { DraftedRow } from './draft.ts'
import type { KnownStage } from './stage-names.ts'

/** What the thread is started with. */
export type ReadingTask =
  | { readonly kind: 'analyse'; readonly path: string; readonly reading: ImportReading }
  | {
      readonly kind: 'draft'
      readonly path: string
      readonly reading: ImportReading
      readonly settings: ImportSettings
      readonly fields: readonly FieldRow[]
      readonly people: readonly (readonly [called: string, userId: string])[]
      readonly stages: readonly KnownStage[]
      readonly width: number
      /** Rows up to this number are done with. */
      readonly after: number
    }

/** What it says; after a batch it waits until it is asked for the next one. */
export type ReadingAnswer =
  /** `share` of the file, 0 to 1; `rows`: while it is analysed. */
  | { readonly kind: 'progress'; readonly share: number; readonly rows: number }
  | { readonly kind: 'analysed'; readonly analysis: FoundAnalysis; readonly signature: string }
  | { readonly kind: 'batch'; readonly rows: readonly DraftedRow[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'problem'; readonly problem: ImportProblem }
