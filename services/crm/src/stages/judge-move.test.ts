import { FIRST_STAGES, type StageRules } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { judgeMove, type MoveFacts } from './judge-move.ts'
import type { StageRow } from './stage.ts'

const stages = FIRST_STAGES.map(({ id, name, kind, rules }, position): StageRow => {
  return { id, pipelineId: 'sales', pipelineName: 'Sales', pipelinePosition: 0, name, kind, position, rules, retiredInto: null }
})
const stage = (id: string, rules: Partial<StageRules> = {}, more: Partial<StageRow> = {}): StageRow => {
  const found = stages.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return { ...found, ...more, rules: { ...found.rules, ...rules } }
}
const elsewhere = stage('proposal', {}, { id: 'other', pipelineId: 'other' })
const facts: MoveFacts = {
  role: 'member',
  labels: new Map([['budget', 'Budget']]),
  demanded: [],
  isHidden: () => false,
  standing: 0,
  openTasks: [],
}
const deal = { amountMinor: null, contacts: [], title: 'Turbines', custom: {} }
const rulesOf = (...asked: Parameters<typeof judgeMove>) => judgeMove(...asked).map(({ rule }) => rule)

it('lets a deal into a stage without rules, from wherever it comes', () => {
  for (const from of [null, elsewhere, ...stages]) expect(judgeMove(deal, from, stage('qualified'), facts)).toEqual([])
})

it('asks for built-in and custom fields that have no value, each by its key; a list without anything in it is none, zero is one', () => {
  const strict = stage('qualified', { requiredFields: ['amountMinor', 'contacts', 'title', 'custom.budget', 'custom.deleted'] })
  expect(judgeMove(deal, stage('new'), strict, facts).map(({ field }) => field)).toEqual(['amountMinor', 'contacts', 'custom.budget'])
  expect(judgeMove({ ...deal, amountMinor: 0, contacts: [1], custom: { budget: 0 } }, stage('new'), strict, facts)).toEqual([])
  expect(judgeMove(deal, null, stage('qualified'), { ...facts, demanded: ['budget'] })).toMatchObject([{ field: 'custom.budget', detail: 'Budget' }])
})

it('does not tell which field is missing that the role hides', () => {
  const [found] = judgeMove(deal, null, stage('qualified', { requiredFields: ['custom.budget'] }), { ...facts, isHidden: () => true })
  expect(found).toMatchObject({ rule: 'required-field', field: null })
  expect(JSON.stringify(found)).not.toMatch(/Budget/)
})

it('lets deals in from the stages that are named, of the same pipeline, and no new ones', () => {
  const guarded = stage('proposal', { enteredFrom: ['qualified', 'other'] })
  expect(rulesOf(deal, stage('qualified'), guarded, facts)).toEqual([])
  for (const from of [stage('new'), elsewhere, null]) expect(rulesOf(deal, from, guarded, facts)).toEqual(['not-from-here'])
})

it('lets those roles move that are named, and whatever is done for the organisation', () => {
  const guarded = stage('won', { movers: ['owner'] })
  expect(rulesOf(deal, stage('new'), guarded, facts)).toEqual(['not-this-role'])
  for (const role of ['owner', null]) expect(rulesOf(deal, stage('new'), guarded, { ...facts, role })).toEqual([])
})

it('keeps to the limit, and lets nothing into a stage that is retired', () => {
  const limited = stage('proposal', { wipLimit: 2 })
  expect(rulesOf(deal, stage('new'), limited, { ...facts, standing: 1 })).toEqual([])
  expect(rulesOf(deal, stage('new'), limited, { ...facts, standing: 2 })).toEqual(['stage-full'])
  expect(rulesOf(deal, stage('new'), stage('proposal', {}, { retiredInto: 'new' }), facts)).toEqual(['stage-retired'])
})

it('wants what was to be done in a stage to be done before the deal goes on, not where it goes back or is lost', () => {
  const busy = { ...facts, openTasks: ['Call'] }
  for (const to of [stage('negotiation'), stage('won'), elsewhere]) expect(rulesOf(deal, stage('proposal'), to, busy)).toEqual(['open-task'])
  for (const to of [stage('new'), stage('lost')]) expect(rulesOf(deal, stage('proposal'), to, busy)).toEqual([])
})

it('tells all reasons at once', () => {
  const strict = stage('won', { requiredFields: ['amountMinor'], enteredFrom: [], movers: [], wipLimit: 1 }, { retiredInto: 'lost' })
  expect(rulesOf(deal, stage('new'), strict, { ...facts, standing: 1, openTasks: ['Call'] })).toEqual([
    'stage-retired',
    'not-from-here',
    'not-this-role',
    'required-field',
    'stage-full',
    'open-task',
  ])
})
