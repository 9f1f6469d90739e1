import {
  fieldCreated,
  fieldDeleted,
  fieldRestored,
  fieldUpdated,
  fileAdded,
  fileDeleted,
  fileUpdated,
  noteCreated,
  noteDeleted,
  noteUpdated,
  tagCreated,
  tagDeleted,
  tagUpdated,
  taskCompleted,
  taskCreated,
  taskDeleted,
  taskReopened,
  taskUpdated,
  viewCreated,
  viewDeleted,
  viewUpdated,
  type Envelope,
  type EventDefinition,
} from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from './service.ts'

const crm = await startService(service)

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const at = nullable(fc.constantFrom('2030-01-31T09:00:00.000Z', '2031-06-15T12:30:00.000Z'))
const ABOUT = 'contact_id as "contactId", company_id as "companyId", deal_id as "dealId"'
const IN_ISO = `at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

interface World {
  readonly agent: Agent
  /** Two contacts, which are merged and parted while the history goes on. */
  readonly people: readonly string[]
}
interface Aggregate {
  readonly path: string
  readonly body: fc.Arbitrary<object>
  readonly change: fc.Arbitrary<object>
  /** What of the world a new one is about. */
  readonly beginning?: (world: World) => object
  /** What else may happen to the nth of them. */
  readonly others?: readonly ((world: World, id: string, other: string) => Promise<unknown>)[]
  readonly events: readonly EventDefinition[]
  readonly row: string
}

const choices = fc.uniqueArray(fc.constantFrom('Gold', 'Silver', 'Bronze'), { minLength: 1 }).map((labels) => labels.map((label) => ({ label })))
const columns = fc.uniqueArray(fc.constantFrom('stage', 'ownerId', 'amountMinor')).map((keys) => keys.map((key) => ({ key, width: null })))
const view = {
  name: fc.constantFrom('Won', 'Mine'),
  isShared: fc.boolean(),
  filter: fc.constantFrom(null, { all: [{ field: 'stage', op: 'is', value: 'won' }] }),
  order: fc.constantFrom(null, { sort: 'title', direction: 'asc' }),
  groupBy: fc.constantFrom(null, 'stage'),
  columns,
}
const task = {
  title: fc.constantFrom('Call', 'Write'),
  note: nullable(fc.constantFrom('Soon', 'Later')),
  dueAt: at,
  remindAt: at,
  repeats: fc.constantFrom(null, { every: 'week' }),
}

const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  task: {
    path: '/tasks',
    body: fc.record(task, { requiredKeys: ['title'] }),
    change: fc.record({ ...task, isDone: fc.boolean() }, { requiredKeys: [] }),
    beginning: ({ people: [first] }) => ({ contactId: first }),
    events: [taskCreated, taskUpdated, taskCompleted, taskReopened, taskDeleted],
    row: `title, note, to_char(due_at ${IN_ISO}) as "dueAt", to_char(remind_at ${IN_ISO}) as "remindAt", repeats, assignee_id as "assigneeId", ${ABOUT}, done_at is not null as "isDone"`,
  },
  note: {
    path: '/record-notes',
    body: fc.record({ body: fc.constantFrom('Met', 'Called') }),
    change: fc.record({ body: fc.constantFrom('Met', 'Wrote') }),
    beginning: ({ people: [, second] }) => ({ contactId: second }),
    others: [({ agent }, id) => change(agent, `/record-notes/${id}`, { mentions: [agent.userId] })],
    events: [noteCreated, noteUpdated, noteDeleted],
    row: `body, mentions, author_id as "authorId", ${ABOUT}`,
  },
  file: {
    path: '/record-files',
    body: fc.record({ name: fc.constantFrom('Offer.pdf', 'План.txt') }).map((body) => ({ ...body, contentType: 'text/plain', sizeBytes: 3 })),
    change: fc.constant({}),
    beginning: ({ people: [, second] }) => ({ contactId: second }),
    others: [({ agent }, id) => agent.put(`/record-files/${id}/chunks`, { position: 0, bytes: 'YWJj' })],
    events: [fileAdded, fileUpdated, fileDeleted],
    row: `name, content_type as "contentType", size_bytes as "sizeBytes", added_by_id as "addedById", ${ABOUT}`,
  },
  tag: {
    path: '/tags',
    body: fc.record({ name: fc.constantFrom('VIP', 'Cold', 'New'), color: fc.constantFrom('red', 'teal') }),
    change: fc.record({ name: fc.constantFrom('VIP', 'Warm'), color: fc.constantFrom('red', 'gray') }, { requiredKeys: [] }),
    others: [({ agent }, id, other) => agent.post(`/tags/${id}/merge`, { intoId: other })],
    events: [tagCreated, tagUpdated, tagDeleted],
    row: 'name, color, merged_into as "mergedInto"',
  },
  view: {
    path: '/views',
    body: fc.record(view).map((body) => ({ record: 'deal', ...body })),
    change: fc.record(view, { requiredKeys: [] }),
    events: [viewCreated, viewUpdated, viewDeleted],
    row: `record, name, is_shared as "isShared", owner_id as "ownerId", filter, case when sort is not null then jsonb_build_object('sort', sort, 'direction', direction) end as order,
      group_by as "groupBy", columns, position`,
  },
  field: {
    path: '/fields',
    body: fc.record({ label: fc.constantFrom('Tier', 'Level', 'Rank'), options: choices }).map((body) => ({ record: 'deal', kind: 'select', ...body })),
    change: fc.record(
      { label: fc.constantFrom('Tier', 'Grade'), help: nullable(fc.constant('Which?')), options: choices, isRequired: fc.boolean() },
      { requiredKeys: [] },
    ),
    others: [({ agent }, id) => agent.post(`/fields/${id}/restore`), ({ agent }, id) => agent.put('/fields/order', { record: 'deal', fieldIds: [id] })],
    events: [fieldCreated, fieldUpdated, fieldDeleted, fieldRestored],
    row: `record, label, kind, help, options, is_required as "isRequired", required_stages as "requiredStages", relates_to as "relatesTo", currency, formula,
      is_computing as "isComputing", position`,
  },
}

const change = async (agent: Agent, path: string, body: object) => agent.patch(path, body, { version: (await agent.get(path)).body.version ?? 1 })

const nth = fc.nat(2)
const stepOf = ({ body, change: changes, others = [] }: Aggregate) =>
  fc.oneof(
    fc.record({ kind: fc.constant('make' as const), body }),
    fc.record({ kind: fc.constant('change' as const), nth, body: changes }),
    fc.record({ kind: fc.constant('delete' as const), nth }),
    fc.record({ kind: fc.constant('other' as const), nth, other: nth, which: fc.nat(Math.max(others.length - 1, 0)) }),
    fc.record({ kind: fc.constantFrom('merge' as const, 'part' as const) }),
  )
type Step = ReturnType<typeof stepOf> extends fc.Arbitrary<infer Value> ? Value : never

/** Does what can be done of a history; what the rules refuse changes nothing and must leave no event. */
async function live(agent: Agent, { path, beginning, others = [] }: Aggregate, history: readonly Step[]): Promise<void> {
  const contact = async (name: string): Promise<string> => (await agent.post('/contacts', { name })).body.id
  const people = [await contact('Ada'), await contact('A. Lovelace')]
  const world = { agent, people }
  const ids: string[] = []
  const merges: string[] = []
  const idOf = (index: number) => ids[index % Math.max(ids.length, 1)] ?? crypto.randomUUID()
  for (const step of history) {
    if (step.kind === 'make') {
      const { status, body } = await agent.post(path, { ...step.body, ...beginning?.(world) })
      if (status === 201) ids.push(body.id)
    } else if (step.kind === 'change') await change(agent, `${path}/${idOf(step.nth)}`, step.body)
    else if (step.kind === 'delete') await agent.delete(`${path}/${idOf(step.nth)}`)
    else if (step.kind === 'other') await others[step.which]?.(world, idOf(step.nth), idOf(step.other))
    else if (step.kind === 'part') await agent.post(`/contact-merges/${merges.at(-1) ?? crypto.randomUUID()}/undo`)
    else {
      const [into, from] = await Promise.all(people.map(async (id) => (await agent.get(`/contacts/${id}`)).body))
      const { body } = await agent.post(
        `/contacts/${people[0]}/merge`,
        { otherId: people[1], otherVersion: from.version ?? 1, take: [] },
        { 'if-match': `"${into.version ?? 1}"` },
      )
      if (body.id) merges.push(body.id)
    }
  }
}

type Row = Record<string, unknown>
const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

/** The rows that the log tells of. */
function fold(envelopes: readonly Envelope[]): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const { type, aggregate, data } of envelopes.toSorted((a, b) => a.aggregate.version - b.aggregate.version)) {
    const row = rows.get(aggregate.id)
    const { changes, ...told } = z.record(z.string(), z.unknown()).parse(data)
    expect(aggregate.version, type).toBe(Number(row?.['version'] ?? 0) + 1)
    const what = type.split('.')[1]
    const next: Row = what === 'created' || what === 'added' || what === 'restored' ? { ...row, ...told, isDeleted: false } : { ...row }
    for (const [field, { from, to }] of Object.entries(Changes.parse(changes ?? {}))) {
      expect(next[field] ?? null, `${type} ${field}`).toEqual(from)
      next[field] = to
    }
    if (what === 'completed' || what === 'reopened') next['isDone'] = what === 'completed'
    if (what === 'deleted') Object.assign(next, { isDeleted: true, mergedInto: told['mergedInto'] })
    rows.set(aggregate.id, { ...next, version: aggregate.version })
  }
  return rows
}

it.each(Object.keys(AGGREGATES))(
  'folds the events of any history of a %s into the row that it left',
  async (name) => {
    const aggregate = AGGREGATES[name]
    if (!aggregate) throw new Error(`No ${name}.`)
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf(aggregate), { minLength: 4, maxLength: 14 }), async (history) => {
        const agent = await crm.signIn()
        await live(agent, aggregate, history)
        const told = await Promise.all(aggregate.events.map((event) => crm.emitted<typeof event>(event, agent.organizationId)))
        const rows = await crm.database.asAdmin(`select id, ${aggregate.row}, version, deleted_at is not null as "isDeleted" from crm.${name}
        where organization_id = '${agent.organizationId}' and version > 0`)
        const folded = fold(told.flat())
        expect(folded.size).toBe(rows.length)
        // What an event need not tell is nothing; the id of the aggregate stands in its envelope.
        for (const { id, ...row } of rows) {
          const { [`${name}Id`]: _id, stage: _stage, ...known } = folded.get(String(id)) ?? {}
          const nothing = Object.fromEntries(Object.keys(row).map((field) => [field, field === 'isDone' ? false : null]))
          expect({ ...nothing, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) }).toEqual(row)
        }
      }),
      generated(12),
    )
  },
  120_000,
)
