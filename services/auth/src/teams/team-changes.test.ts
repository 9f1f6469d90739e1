import { expect, it } from 'vitest'
import { changesOf } from './team-changes.ts'

const team = { name: 'North', leadId: 'a', memberIds: ['a', 'b'] }

it('names only what differs', () => {
  expect(changesOf(team, { ...team, memberIds: ['b', 'a'] })).toEqual({ changes: {}, added: [], removed: [] })
  expect(changesOf(team, { name: 'South', leadId: null, memberIds: ['b', 'c'] })).toEqual({
    changes: { name: { from: 'North', to: 'South' }, leadId: { from: 'a', to: null } },
    added: ['c'],
    removed: ['a'],
  })
})
