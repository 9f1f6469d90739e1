import { expect, it } from 'vitest'
import { groupedItems, groupsIn, type LoadedGroup } from './list-items.ts'

const group = (value: string | null) => ({ value, count: 2, label: null, sums: [] })
const loaded = (ids: readonly string[], more: Partial<LoadedGroup<{ id: string }>> = {}): LoadedGroup<{ id: string }> => ({
  rows: ids.map((id) => ({ id })),
  isPending: false,
  isFailed: false,
  hasMore: false,
  more: () => undefined,
  ...more,
})
const idsOf = (...asked: Parameters<typeof groupedItems<{ id: string }>>) => groupedItems(...asked).map(({ id }) => id)

it('shows the rows of open groups, and a place for those that are not loaded', () => {
  const known = new Map([
    ['group a', loaded(['1', '2'])],
    ['group b', loaded(['1'], { hasMore: true })],
  ])
  expect(idsOf([group('a'), group('b'), group(null)], new Set(), known)).toEqual([
    'group a',
    'group a/1',
    'group a/2',
    'group b',
    'group b/1',
    'rest group b',
    'group ',
    'rest group ',
  ])
  expect(idsOf([group('a'), group('b')], new Set(['group a']), known)).toEqual(['group a', 'group b', 'group b/1', 'rest group b'])
})

it('says where rows could not be loaded', () => {
  expect(groupedItems([group('a')], new Set(), new Map([['group a', loaded([], { isFailed: true })]])).at(-1)).toMatchObject({ kind: 'rest', isFailed: true })
})

it('names the groups of what is in sight, each once', () => {
  const items = groupedItems([group('a'), group('b'), group('c')], new Set(['group c']), new Map([['group a', loaded(['1', '2'])]]))
  expect([...groupsIn(items.slice(1, 5))]).toEqual(['group a', 'group b'])
  expect([...groupsIn([items.at(-1), undefined])]).toEqual(['group c'])
})
