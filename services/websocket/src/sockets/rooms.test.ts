import { expect, it } from 'vitest'
import { roomsOf } from './rooms.ts'

const holder = { userId: 'u', organizationId: 'o', role: 'viewer', sessionId: 's', expiresAtMs: 0 } as const

it('derives every room from the ticket: one organisation, one user, one session', () => {
  expect(roomsOf(holder)).toEqual(['organization:o', 'user:o:u', 'session:s', 'organization:o:drafts'])
})
