import { expect, it } from 'vitest'
import { reaches } from './reach.ts'

const [me, mate, stranger] = ['me', 'mate', 'stranger']
const teams = [{ memberIds: [me, mate] }, { memberIds: [stranger, mate] }]
const reached = (scope: 'own' | 'team' | 'all', known: typeof teams | null = teams) =>
  [me, mate, stranger, null].map((ownerId) => reaches(scope, ownerId, me, known))

it('reaches own records, those of teams of the person and nobody’s, or all', () => {
  expect(reached('own')).toEqual([true, false, false, false])
  expect(reached('team')).toEqual([true, true, false, true])
  expect(reached('all')).toEqual([true, true, true, true])
})

it('leaves to the server what it cannot know yet', () => {
  expect(reached('team', null)).toEqual([true, true, true, true])
  expect(reached('own', null)).toEqual([true, false, false, false])
})
