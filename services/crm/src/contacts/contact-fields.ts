import { walkedBy, type SqlField } from '../lists/sql-field.ts'

/** What lists of contacts can be asked. */
export const contactFields: Readonly<Record<string, SqlField>> = {
  name: { ...walkedBy('contact.sortName', 'always'), form: 'folded' },
  email: { ...walkedBy('contact.email', 'nullable'), form: 'lower', addresses: 'email' },
  phone: { column: 'contact.phone', addresses: 'phone' },
  company: { ...walkedBy('contact.sortCompany', 'nullable'), form: 'folded' },
  companyId: { column: 'contact.companyId' },
  position: { column: 'contact.position' },
  note: { column: 'contact.note' },
  source: { column: 'contact.source' },
  ownerId: { column: 'contact.ownerId' },
  preferredChannel: walkedBy('contact.preferredChannel', 'nullable'),
  timeZone: walkedBy('contact.timeZone', 'nullable'),
  language: walkedBy('contact.language', 'nullable'),
  consent: walkedBy('contact.consent', 'nullable'),
  consentOn: walkedBy('contact.consentOn', 'nullable'),
  consentSource: { column: 'contact.consentSource' },
  // Who has never been active sorts as the longest inactive.
  lastActivityAt: { ...walkedBy('contact.lastActivityAt', 'always'), nothing: '-infinity' },
  tagIds: { column: 'contact.tagIds', nothing: '{}', isTags: true },
  createdAt: walkedBy('contact.createdAt', 'always'),
  updatedAt: walkedBy('contact.updatedAt', 'always'),
}
