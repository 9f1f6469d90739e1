import type { ListField } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { groupOf, nodeOf, soundFilter, withNode, withoutNode } from './filter-tree.ts'

const fields: Readonly<Record<string, ListField>> = { name: { key: 'name', kind: 'text' }, stage: { key: 'stage', kind: 'select', options: ['new'] } }
const fieldOf = (key: string) => fields[key]
const named = { field: 'name', op: 'is', value: 'x' } as const

it('adds, replaces and removes without touching what was there', () => {
  const group = groupOf({ any: [named] })
  const two = withNode(group, 1, { all: [named] })
  expect(nodeOf(two)).toEqual({ any: [named, { all: [named] }] })
  expect(nodeOf(withoutNode(two, 0))).toEqual({ any: [{ all: [named] }] })
  expect(nodeOf(withoutNode(group, 0))).toBeUndefined()
  expect(nodeOf(groupOf({ any: [named] }))).toEqual({ any: [named] })
})

it('takes a bare condition for a group of one', () => {
  expect(nodeOf(groupOf(named))).toEqual({ all: [named] })
})

it('leaves out what the reader has no field for, or what cannot be asked, wherever it stands, and counts it', () => {
  const filter = { all: [named, { any: [{ field: 'wings', op: 'is', value: 2 }] }, { any: [{ field: 'stage', op: 'is', value: 'dream' }, named] }] } as const
  const mutable = structuredClone(filter) as never
  expect(soundFilter(mutable, fieldOf)).toEqual({ filter: { all: [named, { any: [named] }] }, dropped: 2 })
  expect(soundFilter({ all: [{ field: 'wings', op: 'isEmpty' }] }, fieldOf)).toEqual({ filter: undefined, dropped: 1 })
})
