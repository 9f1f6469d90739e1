import type { Contact, UpdateContact } from '@ai-crm/contracts'

/** The fields that people may change, in the order of the page. */
export const CONTACT_FIELDS = ['name', 'email', 'phone', 'company', 'position', 'note'] as const
export type ContactField = (typeof CONTACT_FIELDS)[number]

export const fieldLimits: Readonly<Record<ContactField, number>> = { name: 200, email: 254, phone: 40, company: 200, position: 200, note: 5000 }

/** The change that typing leads to, or null when nothing changed or a name would be empty. */
export function changeOf(contact: Contact, field: ContactField, typed: string): UpdateContact | null {
  const value = typed.trim() || null
  if (value === contact[field] || (field === 'name' && value === null)) return null
  return { [field]: value }
}
