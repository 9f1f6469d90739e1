import { dealCreated, dealDeleted, dealRanked, dealStageChanged, dealUpdated, FIRST_STAGES, type Envelope, type EventDefinition } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'

const crm = await startService(service)

const nth = fc.nat(3)
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
/** `people` and `company` are chosen among those that there are. */
const fields = {
  title: fc.constantFrom('Turbines', 'Турбины'),
  amountMinor: nullable(fc.integer({ min: 0, max: 5 })),
  currency: nullable(fc.constantFrom('EUR', 'RUB')),
  stage: fc.constantFrom(...FIRST_STAGES.map(({ id }) => id)),
  lostReason: nullable(fc.constant('Too dear')),
  expectedCloseOn: nullable(fc.constantFrom('2027-01-01', '2027-12-31')),
}
const relations = { people: fc.uniqueArray(nth, { maxLength: 3 }), company: nullable(nth) }
const step = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), body: fc.record(fields, { requiredKeys: ['title'] }), ...relations }),
  fc.record({ kind: fc.constant('change' as const), nth, body: fc.record(fields, { requiredKeys: [] }), ...relations }),
  fc.record({ kind: fc.constant('move' as const), nth, to: fields.stage, beside: nth, isAfter: fc.boolean() }),
  fc.record({ kind: fc.constant('drop' as const), nth }),
  fc.record({ kind: fc.constant('lose-person' as const), nth }),
  fc.record({ kind: fc.constant('lose-company' as const), nth }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Does what can be done of a history; what the rules refuse changes nothing and must leave no event. */
async function live(agent: Agent, history: readonly Step[]): Promise<void> {
  const make = async (path: string, body: object): Promise<string> => (await agent.post(path, body)).body.id
  const people = [await make('/contacts', { name: 'Ada' }), await make('/contacts', { name: 'Eva' }), await make('/contacts', { name: 'Ian' })]
  const companies = [await make('/companies', { name: 'Acme' }), await make('/companies', { name: 'Beta' })]
  const deals: string[] = []
  const pick = (ids: readonly string[], index: number) => ids[index % Math.max(ids.length, 1)] ?? crypto.randomUUID()
  const bodyOf = ({ body, people: chosen, company }: Extract<Step, { body: object }>) => ({
    ...body,
    contacts: chosen.map((index) => ({ contactId: people[index % people.length], role: index === 0 ? 'Buyer' : null })),
    companyId: company === null ? null : pick(companies, company),
  })
  for (const event of history) {
    if (event.kind === 'open') {
      const { status, body } = await agent.post('/deals', bodyOf(event))
      if (status === 201) deals.push(body.id)
    } else if (event.kind === 'change') {
      const path = `/deals/${pick(deals, event.nth)}`
      await agent.patch(path, bodyOf(event), { version: (await agent.get(path)).body.version ?? 1 })
    } else if (event.kind === 'move') {
      const path = `/deals/${pick(deals, event.nth)}`
      const { stage } = (await agent.get(path)).body
      await agent.post(`${path}/move`, { from: stage ?? 'new', stage: event.to, [event.isAfter ? 'afterId' : 'beforeId']: pick(deals, event.beside) })
    } else if (event.kind === 'drop') await agent.delete(`/deals/${pick(deals, event.nth)}`)
    else if (event.kind === 'lose-person') await agent.delete(`/contacts/${pick(people, event.nth)}`)
    else await agent.delete(`/companies/${pick(companies, event.nth)}`)
  }
}

type Row = Record<string, unknown>
const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

/** The rows that the log tells of. */
function fold(envelopes: readonly Envelope<Row>[]): Map<string, Row> {
  const rows = new Map<string, Row>()
  const move = (row: Row, field: string, { from, to }: Row) => {
    expect(row[field]).toEqual(from)
    row[field] = to
  }
  for (const { aggregate, data, type } of envelopes) {
    const row = rows.get(aggregate.id) ?? {}
    expect(aggregate.version).toBe(Number(row['version'] ?? 0) + 1)
    if (type === dealCreated.type) {
      const { dealId: _id, ...begin } = data
      Object.assign(row, begin, { id: aggregate.id, isDeleted: false })
    } else if (type === dealStageChanged.type) {
      move(row, 'stage', data)
      move(row, 'stageKind', { from: data['fromKind'], to: data['toKind'] })
      move(row, 'pipelineId', { from: data['fromPipelineId'], to: data['pipelineId'] })
      for (const part of ['rank', 'stageEnteredAt']) row[part] = data[part]
    } else if (type === dealRanked.type) move(row, 'rank', z.object({ from: z.unknown(), to: z.unknown() }).parse(data['rank']))
    else if (type === dealUpdated.type) for (const [field, change] of Object.entries(Changes.parse(data['changes']))) move(row, field, change)
    else row['isDeleted'] = true
    row['version'] = aggregate.version
    rows.set(aggregate.id, row)
  }
  return rows
}

async function told(organizationId: string, ...events: readonly EventDefinition[]): Promise<Envelope<Row>[]> {
  const envelopes = await Promise.all(events.map((event) => crm.emitted<typeof event>(event, organizationId)))
  return envelopes
    .flat()
    .map((envelope) => ({ ...envelope, data: z.record(z.string(), z.unknown()).parse(envelope.data) }))
    .toSorted((a, b) => a.aggregate.version - b.aggregate.version)
}

it('folds the events of any history of deals, their people and companies into the rows that it left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (history) => {
      const agent = await crm.signIn()
      const { organizationId } = agent
      await live(agent, history)
      await crm.settle()
      const rows = await crm.database
        .asAdmin(`select id, title, amount_minor::int as "amountMinor", currency, stage, stage_kind as "stageKind", pipeline_id as "pipelineId", rank::text as rank, to_char(stage_entered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "stageEnteredAt", lost_reason as "lostReason",
          expected_close_on::text as "expectedCloseOn", company_id as "companyId", contacts, tag_ids as "tagIds", owner_id as "ownerId", custom, version, deleted_at is not null as "isDeleted"
        from crm.deal where organization_id = '${organizationId}'`)
      expect(new Map(rows.map((row) => [String(row['id']), row]))).toEqual(
        fold(await told(organizationId, dealCreated, dealUpdated, dealStageChanged, dealRanked, dealDeleted)),
      )

      const [{ differences } = { differences: null }] = await crm.database.asAdmin(`with given as (
          select deal.id, (part ->> 'contactId')::uuid as contact_id from crm.deal, jsonb_array_elements(contacts) as part
           where deal.organization_id = '${organizationId}' and deal.deleted_at is null),
        kept as (select deal_id, contact_id from crm.deal_contact where organization_id = '${organizationId}')
        select (select count(*) from (table given except table kept) a) + (select count(*) from (table kept except table given) b) as differences`)
      expect(Number(differences)).toBe(0)
      const [{ dangling } = { dangling: null }] = await crm.database.asAdmin(`select count(*)::int as dangling from crm.deal
        where organization_id = '${organizationId}' and deleted_at is null
          and (exists (select from crm.company where company.organization_id = deal.organization_id and company.id = deal.company_id and company.deleted_at is not null)
            or exists (select from crm.contact join crm.deal_contact on deal_contact.organization_id = contact.organization_id and contact_id = contact.id
              where contact.organization_id = deal.organization_id and deal_id = deal.id and contact.deleted_at is not null))`)
      expect(dangling).toBe(0)
    }),
    generated(20),
  )
}, 120_000)
