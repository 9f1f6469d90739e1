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
