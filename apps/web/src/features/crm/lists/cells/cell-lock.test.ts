import { expect, it } from 'vitest'
import { lockOf } from './cell-lock.ts'

const rights = { canUpdate: true, canSeeCompanies: true, rules: {}, reaches: () => true } as const
const row = { ownerId: 'me', stage: 'new' }

it('says of a cell why it cannot be changed, as the server would', () => {
  expect(lockOf(rights, { key: 'title', kind: 'text' }, row)).toBeNull()
  expect(lockOf(rights, { key: 'createdAt', kind: 'instant' }, row)).toBe('computed')
  expect(lockOf({ ...rights, canUpdate: false }, { key: 'title', kind: 'text' }, row)).toBe('permission')
  expect(lockOf({ ...rights, rules: { 'custom.x': 'read-only' } }, { key: 'custom.x', kind: 'text' }, row)).toBe('rule')
  expect(lockOf({ ...rights, reaches: (ownerId) => ownerId !== 'me' }, { key: 'title', kind: 'text' }, row)).toBe('reach')
  expect(lockOf({ ...rights, canSeeCompanies: false }, { key: 'companyId', kind: 'relation' }, row)).toBe('companies')
})

it('asks why a deal was lost of lost ones only', () => {
  expect(lockOf(rights, { key: 'lostReason', kind: 'text' }, row)).toBe('notLost')
  expect(lockOf(rights, { key: 'lostReason', kind: 'text' }, { ...row, stage: 'lost' })).toBeNull()
})
