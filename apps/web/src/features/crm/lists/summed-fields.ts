import { MAX_SUMMED } from '@ai-crm/contracts'
import type { ShownField } from './offered-fields.ts'

export const isSummed = ({ kind }: ShownField): boolean => kind === 'money' || kind === 'number'

/** Of the columns that are shown, as many as one request sums. */
export const summedKeys = (columns: readonly ShownField[]): string[] =>
  columns
    .filter(isSummed)
    .map(({ key }) => key)
    .slice(0, MAX_SUMMED)
