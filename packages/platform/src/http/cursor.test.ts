import { expect, it } from 'vitest'
import { deriveKeyForTests } from '@ai-crm/testing/http'
import { decodeCursor, encodeCursor } from './cursor.ts'

const organizationId = crypto.randomUUID()
const ctx = { organizationId, deriveKey: deriveKeyForTests, deriveKeys: (purpose: string) => [deriveKeyForTests(purpose)] }
const refused = { status: 400, fields: [{ field: 'query/cursor', message: 'Not a cursor of this list' }] }
const values = ['Имя', 5, null, true]
const cursor = encodeCursor(ctx, 'contacts/name/asc', values)

it('gives the values back and fits into an address', () => {
  expect(decodeCursor(ctx, 'contacts/name/asc', cursor)).toEqual(values)
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
})

it('is refused by another organisation, another list or another order', () => {
  expect(() => decodeCursor({ ...ctx, organizationId: crypto.randomUUID() }, 'contacts/name/asc', cursor)).toThrow(expect.objectContaining(refused))
  expect(() => decodeCursor(ctx, 'messages/name/asc', cursor)).toThrow(expect.objectContaining(refused))
  expect(() => decodeCursor(ctx, 'contacts/name/desc', cursor)).toThrow(expect.objectContaining(refused))
})

it.each(['', 'x', '!!!', `${cursor}AA`, cursor.slice(4), `AAAA${cursor.slice(4)}`, Buffer.from('[1]').toString('base64url')])('refuses %s', (forged) => {
  expect(() => decodeCursor(ctx, 'contacts/name/asc', forged)).toThrow(expect.objectContaining(refused))
})
