import { defineError } from '@ai-crm/platform'

export type About = 'contactId' | 'companyId' | 'dealId'

export const severalRecords = defineError(
  'crm.task.several_records',
  422,
  (_field: About) => 'A task is about one record. Choose a contact, a company or a deal.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'Another record is named as well' }] }),
)

/** Another organisation's, out of reach, deleted or never there: the same answer. */
export const recordUnknown = defineError(
  'crm.task.record_unknown',
  422,
  (_field: About) => 'There is no such record.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'No such record' }] }),
)
