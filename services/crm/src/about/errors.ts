import { defineError } from '@ai-crm/platform'

/** What a task or a note is about: one record, named by one of these. */
export const ABOUT = ['contactId', 'companyId', 'dealId'] as const
export type About = (typeof ABOUT)[number]
export type Abouts = { readonly [Field in About]: string | null }

export const severalRecords = defineError(
  'crm.about.several_records',
  422,
  (_field: About) => 'This is about one record. Choose a contact, a company or a deal.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'Another record is named as well' }] }),
)

export const noRecord = defineError(
  'crm.about.no_record',
  422,
  () => 'Say what this is about: a contact, a company or a deal.',
  () => ({ fields: ABOUT.map((field) => ({ field: `/${field}`, message: 'One of these is needed' })) }),
)

/** Another organisation's, out of reach, deleted or never there: the same answer. */
export const recordUnknown = defineError(
  'crm.about.record_unknown',
  422,
  (_field: About) => 'There is no such record.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'No such record' }] }),
)

/** What something is about, if it is about anything. Throws `severalRecords` (422), naming the second. */
export function requireOneRecord(thing: Abouts): About | null {
  const [first = null, second] = ABOUT.filter((field) => thing[field] !== null)
  if (second) throw severalRecords(second)
  return first
}
