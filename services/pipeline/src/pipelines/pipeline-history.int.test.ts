import { pipelineArchived, pipelineCreated, pipelineUpdated, type Pipeline } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'

const pipeline = await startService(service)

const nth = fc.nat(3)
const name = fc.constantFrom('Sales', 'Renewals', 'Partners', 'sales')
const lostReasons = fc.uniqueArray(fc.constantFrom('Price', 'Moved'))
const handOver = fc.constantFrom({ ownerId: null, tasks: [] }, { ownerId: null, tasks: [{ title: 'Greet', dueInDays: 1, assigneeId: null }] })
const open = fc
  .uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 })
  .map((names) => names.map((of) => ({ name: of, rottingDays: of === 'B' ? 14 : null })))
const ENDS = [
  { name: 'Won', kind: 'won' },
  { name: 'Lost', kind: 'lost' },
]
const step = fc.oneof(
  fc.record({ kind: fc.constant('make' as const), body: fc.record({ name, lostReasons, handOver, stages: open.map((stages) => [...stages, ...ENDS]) }) }),
  fc.record({ kind: fc.constant('change' as const), nth, body: fc.record({ name, lostReasons, handOver, position: nth }, { requiredKeys: [] }) }),
  /** Its open stages turned around, all but the first of them, or with another one. */
  fc.record({ kind: fc.constant('restage' as const), nth, how: fc.constantFrom('turned' as const, 'fewer' as const, 'more' as const) }),
  fc.record({ kind: fc.constant('archive' as const), nth, into: nth }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const listed = async (agent: Agent): Promise<Pipeline[]> => (await agent.get('/pipelines')).body.items

function restaged({ stages }: Pipeline, how: 'turned' | 'fewer' | 'more') {
  const opened = stages.filter(({ kind }) => kind === 'open')
  const [first, ...rest] = opened
  const changed = { turned: opened.toReversed(), fewer: rest, more: [...opened, { name: `More ${opened.length}` }] }[how]
  const moves = how === 'fewer' && first ? [{ stageId: first.id, into: rest[0]?.id ?? first.id }] : []
  return { stages: [...changed, ...stages.filter(({ kind }) => kind !== 'open')], moves }
}

/** Does what can be done of a history; what the rules refuse changes nothing and must leave no event. */
async function live(agent: Agent, history: readonly Step[]): Promise<void> {
  for (const event of history) {
    if (event.kind === 'make') {
      await agent.post('/pipelines', event.body)
      continue
    }
    const all = await listed(agent)
    const one = all[event.nth % all.length]
    if (!one) continue
    const { id, version } = one
    if (event.kind === 'change') await agent.patch(`/pipelines/${id}`, event.body, { version })
    else if (event.kind === 'restage') await agent.patch(`/pipelines/${id}`, restaged(one, event.how), { version })
    else {
      const into = all[event.into % all.length]?.stages ?? []
      const moves = one.stages.map((stage) => ({ stageId: stage.id, into: into.find(({ kind }) => kind === stage.kind)?.id ?? stage.id }))
      await agent.post(`/pipelines/${id}/archive`, { moves }, { 'if-match': `"${version}"` })
    }
  }
}

type Row = Record<string, unknown>
const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

it('folds the events of any history of pipelines into those that there are, stage by stage', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (history) => {
      const agent = await pipeline.signIn()
      await listed(agent)
      await live(agent, history)
      const kinds = [pipelineCreated, pipelineUpdated, pipelineArchived]
      const told = (await Promise.all(kinds.map((event) => pipeline.emitted<typeof event>(event, agent.organizationId)))).flat()
      const [rows, retired] = [new Map<string, Row>(), new Map<string, string>()]
      for (const { type, aggregate, data } of told.toSorted((a, b) => a.aggregate.version - b.aggregate.version)) {
        const row = rows.get(aggregate.id) ?? {}
        expect(aggregate.version).toBe(Number(row['version'] ?? 0) + 1)
        const {
          pipelineId,
          retired: gone = [],
          changes = {},
          ...begin
        } = z.looseObject({ retired: z.array(z.object({ stageId: z.string(), into: z.string() })).optional() }).parse(data)
        for (const { stageId, into } of gone) retired.set(stageId, into)
        const next: Row = { ...row, ...begin, id: pipelineId, version: aggregate.version, isArchived: type === pipelineArchived.type }
        for (const [field, { from, to }] of Object.entries(Changes.parse(changes))) {
          expect(next[field]).toEqual(from)
          next[field] = to
        }
        rows.set(aggregate.id, next)
      }
      const living = [...rows.values()].flatMap(({ isArchived, ...row }) => (isArchived ? [] : [row]))
      const known = (await listed(agent)).map(({ createdAt: _created, updatedAt: _updated, ...row }): Row => row)
      const byId = (all: readonly Row[]) => new Map(all.map((row) => [row['id'], row]))
      expect(byId(known)).toEqual(byId(living))
      const stages = await pipeline.database.asAdmin(
        `select id, retired_into from pipeline.stage where organization_id = '${agent.organizationId}' and retired_at is not null`,
      )
      expect(new Map(stages.map(({ id, retired_into: into }) => [id, into]))).toEqual(retired)
    }),
    generated(25),
  )
}, 120_000)
