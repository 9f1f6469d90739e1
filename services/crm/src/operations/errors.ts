import { defineError } from '@ai-crm/platform'

export const tooManyRecords = defineError(
  'crm.operation.too_many',
  422,
  (limit: number) => `At most ${limit} records at once. Narrow the list.`,
  () => ({ fields: [{ field: '/selection', message: 'Too many records' }] }),
)

export const nothingSelected = defineError(
  'crm.operation.nothing_selected',
  422,
  () => 'There are no such records.',
  () => ({ fields: [{ field: '/selection', message: 'No records' }] }),
)

export const nothingAsked = defineError(
  'crm.operation.nothing_asked',
  422,
  () => 'Say what shall change.',
  () => ({ fields: [{ field: '/action/set', message: 'Nothing is set' }] }),
)

/** What is deleted is in no list. */
export const idsNeeded = defineError(
  'crm.operation.ids_needed',
  422,
  () => 'Name the records that shall come back.',
  () => ({ fields: [{ field: '/selection/query', message: 'Not for restoring' }] }),
)

export const notOver = defineError('crm.operation.not_over', 409, () => 'This is still being done. Stop it first, or wait for its end.')
export const alreadyUndone = defineError('crm.operation.already_undone', 409, () => 'This has been undone already.')
/** Merging undoes itself in its own way. */
export const notUndoable = defineError('crm.operation.not_undoable', 409, () => 'This cannot be undone.')
