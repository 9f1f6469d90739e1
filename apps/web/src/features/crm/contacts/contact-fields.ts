import type { Contact, UpdateContact } from '@ai-crm/contracts'

/** The fields that are typed as one text. */
export type ContactField = 'name' | 'position' | 'note'

export const fieldLimits: Readonly<Record<ContactField, number>> = { name: 200, position: 200, note: 5000 }

/** The change that typing leads to, or null when nothing changed or a name would be empty. */
export function changeOf(contact: Contact, field: ContactField, typed: string): UpdateContact | null {
  const value = typed.trim() || null
  if (value === contact[field] || (field === 'name' && value === null)) return null
  return { [field]: value }
}
