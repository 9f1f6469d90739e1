import type { Contact } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { changeOf } from './contact-fields.ts'

const contact: Contact = {
  id: 'p',
  name: 'Ada',
  email: 'ada@example.org',
  phone: null,
  company: null,
  companyId: null,
  position: null,
  note: null,
  source: 'manual',
  ownerId: null,
  custom: {},
  lastActivityAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
}

it('sends only what changed, and null for what was emptied', () => {
  expect(changeOf(contact, 'phone', ' +7 900 ')).toEqual({ phone: '+7 900' })
  expect(changeOf(contact, 'email', ' ')).toEqual({ email: null })
  expect(changeOf(contact, 'email', 'ada@example.org ')).toBeNull()
})

it('never empties the name', () => {
  expect(changeOf(contact, 'name', '  ')).toBeNull()
})
