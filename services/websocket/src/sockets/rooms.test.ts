import type { RecordScopes } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { roomsOf } from './rooms.ts'

const holder = {
  userId: 'u',
  organizationId: 'o',
  customRoleId: null,
  sessionId: 's',
  permissions: ['ai.draft.read'],
  scopes: {},
  fields: {},
  issuedAtMs: 0,
  expiresAtMs: 0,
}

it('derives every room from the ticket: one organisation, one user, one session', () => {
  expect(roomsOf(holder)).toEqual(['organization:o', 'user:o:u', 'session:s', 'organization:o:drafts'])
})

it('opens the room of drafts to those who may read them, and a room of everybody with the custom role', () => {
  expect(roomsOf({ ...holder, permissions: ['crm.contact.read'], customRoleId: 'r' })).toEqual(['organization:o', 'user:o:u', 'session:s', 'role:o:r'])
})

it('keeps whoever may not read every record from the ids of records, and from drafts in the making of others', () => {
  const narrow = (scopes: RecordScopes) => roomsOf({ ...holder, scopes })
  expect(narrow({ contact: { read: 'own', write: 'own' } })).toEqual(['organization:o:veiled', 'user:o:u', 'session:s', 'organization:o:drafts'])
  expect(narrow({ conversation: { read: 'team', write: 'own' } })).toEqual(['organization:o:veiled', 'user:o:u', 'session:s'])
  expect(narrow({ contact: { read: 'all', write: 'own' } })).toContain('organization:o')
})
