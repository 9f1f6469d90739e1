import { FIRST_STAGES, type Pipeline } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { draftOf, updateOf, withMoved, withNewStage, withPlaced, withoutStage, wrongIn } from './stage-draft.ts'

const pipeline: Pipeline = {
  id: '0198c5a0-0000-7000-8000-000000000001',
  name: 'Sales',
  position: 0,
  lostReasons: ['Too dear', 'No answer'],
  stages: FIRST_STAGES.map((stage) => (stage.id === 'won' ? { ...stage, rules: { ...stage.rules, enteredFrom: ['proposal', 'negotiation'] } } : stage)),
  handOver: { ownerId: null, tasks: [{ title: 'Invoice', dueInDays: 2, assigneeId: null }] },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
}
const draft = draftOf(pipeline)
const ids = (stages: readonly { id?: string }[]) => stages.map(({ id }) => id ?? '+').join(' ')

it('says the same of a pipeline that nobody changed', () => {
  const told = updateOf(draft)
  expect(told).toMatchObject({ name: 'Sales', lostReasons: ['Too dear', 'No answer'], handOver: pipeline.handOver, moves: [] })
  expect(told.stages).toMatchObject(pipeline.stages.map(({ id, name, kind, color, rottingDays, rules }) => ({ id, name, kind, color, rottingDays, rules })))
})

it('leaves out what is to be done but was not said', () => {
  const blank = { title: ' ', dueInDays: 1, assigneeId: null }
  expect(updateOf({ ...draft, handOver: { ownerId: null, tasks: [blank, { ...blank, title: ' Call ' }] } }).handOver.tasks).toEqual([
    { ...blank, title: 'Call' },
  ])
})

it('keeps stages of a kind together, whatever is added and moved', () => {
  expect(ids(withNewStage(draft.stages, 'open', 'teal'))).toBe('new qualified proposal negotiation + won lost')
  expect(ids(withMoved(draft.stages, 'proposal', -1))).toBe('new proposal qualified negotiation won lost')
  expect(ids(withMoved(draft.stages, 'negotiation', 1))).toBe(ids(draft.stages))
  expect(ids(withMoved(draft.stages, 'new', -1))).toBe(ids(draft.stages))
})

it('puts a stage beside another of its kind, and nowhere else', () => {
  const put = (key: string, side: 'before' | 'after', beside: string) => ids(withPlaced(draft.stages, key, { key: beside, side }))
  expect(put('new', 'after', 'negotiation')).toBe('qualified proposal negotiation new won lost')
  expect(put('negotiation', 'before', 'qualified')).toBe('new negotiation qualified proposal won lost')
  for (const beside of ['won', 'new', 'gone']) expect(put('new', 'after', beside)).toBe(ids(draft.stages))
})

it('leaves no rule that names a stage which is gone', () => {
  const [, , proposal] = draft.stages
  if (!proposal) throw new Error('There is a third stage.')
  const left = withoutStage(draft.stages, proposal)
  expect(ids(left)).toBe('new qualified negotiation won lost')
  expect(left.find(({ id }) => id === 'won')?.rules.enteredFrom).toEqual(['negotiation'])
})

it('takes no probability above all, no time that is none, no stage without a name', () => {
  const [first] = draft.stages
  if (!first) throw new Error('There is a first stage.')
  expect(wrongIn(first)).toBeNull()
  expect(wrongIn({ ...first, name: ' ' })).toBe('name')
  expect(wrongIn({ ...first, probability: '101' })).toBe('probability')
  expect(wrongIn({ ...first, probability: 'x' })).toBe('probability')
  expect(wrongIn({ ...first, kind: 'won', probability: 'x' })).toBeNull()
  expect(wrongIn({ ...first, rottingDays: '0' })).toBe('rottingDays')
  expect(wrongIn({ ...first, rottingDays: '365' })).toBeNull()
})
