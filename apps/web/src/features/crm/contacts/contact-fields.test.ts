import type { Contact } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { changeOf } from './contact-fields.ts'

const contact: Contact = {
  id: 'p',
  name: 'Ada',
  email: 'ada@example.org',
  emails: [{ address: 'ada@example.org', label: null }],
  phone: null,
  phones: [],
  telegrams: [],
  company: null,
  companyId: null,
  position: 'Engineer',
  note: null,
  tagIds: [],
  source: 'manual',
  ownerId: null,
  preferredChannel: null,
  timeZone: null,
  language: null,
  consent: null,
  consentOn: null,
  consentSource: null,
  consentNote: null,
  custom: {},
  lastActivityAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
}

it('sends only what changed, and null for what was emptied', () => {
  expect(changeOf(contact, 'note', ' Called ')).toEqual({ note: 'Called' })
  expect(changeOf(contact, 'position', ' ')).toEqual({ position: null })
  expect(changeOf(contact, 'position', 'Engineer ')).toBeNull()
})

it('never empties the name', () => {
  expect(changeOf(contact, 'name', '  ')).toBeNull()
})
