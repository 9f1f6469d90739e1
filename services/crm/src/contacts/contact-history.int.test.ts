import { type CreateContact, contactCreated, contactDeleted, contactUpdated, type Envelope, type UpdateContact } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null })
const email = fc.option(fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org'), { nil: null })
const owner = fc.constantFrom(null, '019ab000-0000-7000-8000-00000000000a', '019ab000-0000-7000-8000-00000000000b')
const fields = { email, phone: text, company: text, position: text, note: text, ownerId: owner }
const create = fc.record({ name: fc.constantFrom('Ada', 'Eva'), companyId: fc.constant(null), custom: fc.constant({}), ...fields })
const update = fc.record({ name: fc.constantFrom('Ada', 'Eva'), ...fields }, { requiredKeys: [] })
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), create }),
  fc.record({ kind: fc.constant('update' as const), nth: fc.nat(5), update }),
  fc.record({ kind: fc.constant('delete' as const), nth: fc.nat(5) }),
)
type Step = { kind: 'create'; create: CreateContact } | { kind: 'update'; nth: number; update: UpdateContact } | { kind: 'delete'; nth: number }

/** Does what can be done of a history; what the rules refuse changes nothing and must leave no event. */
async function live(agent: Agent, history: readonly Step[]): Promise<void> {
  const ids: string[] = []
  for (const event of history) {
    if (event.kind === 'create') {
      const { status, body } = await agent.post('/contacts', event.create)
      if (status === 201) ids.push(body.id)
      continue
    }
    const id = ids[event.nth % Math.max(ids.length, 1)]
    if (id === undefined) continue
    if (event.kind === 'delete') await agent.delete(`/contacts/${id}`)
    else await agent.patch(`/contacts/${id}`, event.update, { version: (await agent.get(`/contacts/${id}`)).body.version ?? 1 })
  }
}

type Row = Record<string, unknown>

/** The rows that the log tells of: create sets, update moves from what is there, delete ends. */
function fold(envelopes: readonly Envelope<Row>[]): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const { type, aggregate, data } of envelopes) {
    const row = rows.get(aggregate.id) ?? {}
    expect(aggregate.version).toBe(Number(row['version'] ?? 0) + 1)
    if (type === contactCreated.type) {
      const { contactId, ...begin } = data
      rows.set(aggregate.id, { ...begin, id: contactId, version: 1, isDeleted: false })
    } else if (type === contactUpdated.type) {
      const changes = contactUpdated.data.parse(data).changes
      for (const [field, change] of Object.entries(changes)) {
        expect(row[field]).toEqual(change?.from)
        row[field] = change?.to
      }
      row['version'] = aggregate.version
    } else Object.assign(row, { isDeleted: true, version: aggregate.version })
  }
  return rows
}

it('folds the events of any history into the rows that it left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (history) => {
      const agent = await crm.signIn()
      await live(agent, history)
      const told = await Promise.all([contactCreated, contactUpdated, contactDeleted].map((event) => crm.emitted<typeof event>(event, agent.organizationId)))
      const events = told.flat().toSorted((a, b) => a.aggregate.version - b.aggregate.version)
      const rows = await crm.database
        .asAdmin(`select id, name, email, phone, company, company_id as "companyId", position, note, source, owner_id as "ownerId", custom, version, deleted_at is not null as "isDeleted"
        from crm.contact where organization_id = '${agent.organizationId}'`)
      expect(new Map(rows.map((row) => [String(row['id']), row]))).toEqual(fold(events))
    }),
    { numRuns: 25 },
  )
}, 60_000)
