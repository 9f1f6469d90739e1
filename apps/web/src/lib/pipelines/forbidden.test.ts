import { FIRST_STAGES, type StageRules } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { forbiddenBy } from './forbidden.ts'
import type { PlacedStage } from './stages.ts'

const [first] = FIRST_STAGES
const stage = (rules: Partial<StageRules>): PlacedStage => {
  if (!first) throw new Error('There is a first stage.')
  return { ...first, id: 'proposal', pipeline: null, rules: { ...first.rules, ...rules } }
}
const member = { role: 'member', customRole: null } as const
const rule = (rules: Partial<StageRules>, asked: { from?: string; count?: number; me?: Parameters<typeof forbiddenBy>[0]['me'] } = {}) =>
  forbiddenBy({ from: asked.from ?? 'new', to: stage(rules), me: asked.me ?? member, count: asked.count })?.rule ?? null

it('says before anybody tries that a stage is not entered from here, by this role, or by one more', () => {
  expect(rule({})).toBeNull()
  expect(rule({ enteredFrom: ['qualified'] })).toBe('not-from-here')
  expect(rule({ enteredFrom: ['new'] })).toBeNull()
  expect(rule({ movers: ['owner'] })).toBe('not-this-role')
  expect(rule({ movers: ['member'] })).toBeNull()
  expect(rule({ movers: ['r1'] }, { me: { role: 'member', customRole: { id: 'r1', name: 'Seller' } } })).toBeNull()
  expect(rule({ wipLimit: 3 }, { count: 3 })).toBe('stage-full')
  expect(rule({ wipLimit: 3 }, { count: 2 })).toBeNull()
})

it('leaves a deal free to stay, and to the server what is not known', () => {
  expect(rule({ movers: ['owner'], wipLimit: 1 }, { from: 'proposal', count: 9 })).toBeNull()
  expect(rule({ wipLimit: 3 })).toBeNull()
})
