import { FIRST_STAGES, GivenStage, type Stage } from '@ai-crm/contracts'
import { AppError } from '@ai-crm/platform'
import { expect, it } from 'vitest'
import { settleMoves } from './settle-moves.ts'
import { settleStages } from './settle-stages.ts'

type Loose = Partial<GivenStage> | { rules: Partial<GivenStage['rules']> }
const given = (...stages: Loose[]): GivenStage[] => stages.map((stage, index) => GivenStage.parse({ name: `Stage ${index}`, ...stage }))
const whole = (...more: Loose[]) => given({ kind: 'lost' }, { kind: 'won' }, {}, {}, {}, ...more)
const known: Stage[] = [...FIRST_STAGES]
const used: ReadonlySet<string> = new Set(known.map(({ id }) => id))

function problemsOf(work: () => unknown): string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error.fields.map(({ field }) => field)
    throw error
  }
  return []
}

it('gives no id again that a stage of the organisation has or had', () => {
  const own = crypto.randomUUID()
  expect(problemsOf(() => settleStages({ given: whole({ id: own }), known: [], used: new Set([own]) }))).toEqual(['/stages/5/id'])
  expect(problemsOf(() => settleStages({ given: whole({ id: own }), known: [], used }))).toEqual([])
})

it('puts open stages first and lets their probability rise; won is certain and lost is not', () => {
  const stages = settleStages({ given: whole(), known: [], used })
  expect(stages.map(({ kind, probability }) => [kind, probability])).toEqual([
    ['open', 25],
    ['open', 50],
    ['open', 75],
    ['won', 100],
    ['lost', 0],
  ])
  expect(new Set(stages.map(({ id }) => id)).size).toBe(5)
})

it('keeps the probability of a stage that there was where none is given', () => {
  const again = known.map(({ probability: _, ...stage }) => GivenStage.parse(stage))
  expect(settleStages({ given: again, known, used })).toEqual(known)
})

const own = crypto.randomUUID()
it.each<[string, Loose[], string[]]>([
  ['a pipeline that nobody wins', given({}, { kind: 'lost' }, { kind: 'lost' }), ['/stages']],
  ['two of one name', whole({ name: 'stage 2' }), ['/stages/5/name']],
  ['a stage of another pipeline', whole({ id: 'proposal' }), ['/stages/5/id']],
  ['an id that is no UUID', whole({ id: 'mine' }), ['/stages/5/id']],
  ['the same stage twice', whole({ id: own }, { id: own }), ['/stages/6/id']],
  ['a loss that is likely', whole({ kind: 'lost', probability: 5 }), ['/stages/5/probability']],
  ['rotting after the end', whole({ kind: 'won', rottingDays: 5 }), ['/stages/5/rottingDays']],
  [
    'an unknown field',
    whole({ rules: { requiredFields: ['title', 'version', 'custom.x'] } }),
    ['/stages/5/rules/requiredFields/1', '/stages/5/rules/requiredFields/2'],
  ],
  ['a reason for a loss before it', whole({ rules: { requiredFields: ['lostReason'] } }), ['/stages/5/rules/requiredFields/0']],
  ['a way from a stage that is not there', whole({ rules: { enteredFrom: ['proposal'] } }), ['/stages/5/rules/enteredFrom/0']],
  ['an unknown role', whole({ rules: { movers: ['manager', 'boss'] } }), ['/stages/5/rules/movers/1']],
])('refuses %s and names the field', (_, stages, fields) => {
  expect(problemsOf(() => settleStages({ given: given(...stages), known: [], used }))).toEqual(fields)
})

it('lets rules name a stage that is new in the same request', () => {
  const stages = settleStages({ given: whole({ id: own, name: 'First' }, { name: 'Second', rules: { enteredFrom: [own, own] } }), known: [], used })
  expect(stages.find(({ name }) => name === 'Second')?.rules.enteredFrom).toEqual([own])
})

it('keeps the kind of a stage', () => {
  const turned = known.map((stage) => GivenStage.parse({ ...stage, ...(stage.id === 'new' ? { kind: 'won', probability: 100 } : {}) }))
  expect(problemsOf(() => settleStages({ given: turned, known, used }))).toEqual(['/stages/0/kind'])
})

it('wants to know where the deals of each stage go that goes, and sends them to one of its kind that stays', () => {
  const removed = known.filter(({ id }) => id === 'proposal' || id === 'negotiation')
  const staying = known.filter((stage) => !removed.includes(stage))
  const moves = (...pairs: [string, string][]) => pairs.map(([stageId, into]) => ({ stageId, into }))
  const settle = (given: ReturnType<typeof moves>) => problemsOf(() => settleMoves({ moves: given, removed, staying }))
  expect(settle(moves(['proposal', 'new'], ['negotiation', 'new']))).toEqual([])
  expect(settle(moves(['proposal', 'new']))).toEqual(['/moves'])
  expect(settle(moves(['proposal', 'negotiation'], ['negotiation', 'new']))).toEqual(['/moves/0/into'])
  expect(settle(moves(['proposal', 'won'], ['negotiation', 'new']))).toEqual(['/moves/0/into'])
  expect(settle(moves(['proposal', 'new'], ['proposal', 'new'], ['negotiation', 'new'], ['new', 'qualified']))).toEqual([
    '/moves/1/stageId',
    '/moves/3/stageId',
  ])
})
