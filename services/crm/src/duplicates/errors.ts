import { defineError } from '@ai-crm/platform'

/** Another organisation's, out of reach, deleted or never there: the same answer. */
export const pairUnknown = defineError(
  'crm.duplicate.unknown',
  422,
  (_field: 'oneId' | 'otherId') => 'There is no such record.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'No such record' }] }),
)

export const pairOfOne = defineError(
  'crm.duplicate.itself',
  422,
  () => 'These are one record, not two.',
  () => ({ fields: [{ field: '/otherId', message: 'The same record' }] }),
)
