import { defineError } from '@ai-crm/platform'

export const unknownColumn = defineError(
  'crm.list.column_unknown',
  400,
  (column: string, _columns: readonly string[]) => `There is no column "${column}" to export.`,
  (_column, columns) => ({ fields: [{ field: 'query/columns', message: `Of: ${columns.join(', ')}`.slice(0, 500) }] }),
)

/** The route asks for the right to export; there is nothing to export for whoever may not read. */
export const readingDenied = defineError(
  'crm.list.reading_denied',
  403,
  () => 'Your role does not let you read these records, so it does not let you export them.',
)
