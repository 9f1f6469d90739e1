import { companyCreated, companyDeleted, companyUpdated, contactCreated, contactDeleted, contactUpdated, CustomChanges, CustomValues } from '@ai-crm/contracts'
import { dealCreated, dealDeleted, dealUpdated, type Envelope, type FieldRecord } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'

const crm = await startService(service)

const KINDS = {
  contact: { path: '/contacts', body: { name: 'Ada' }, events: [contactCreated, contactUpdated, contactDeleted] },
  company: { path: '/companies', body: { name: 'Acme' }, events: [companyCreated, companyUpdated, companyDeleted] },
  deal: { path: '/deals', body: { title: 'Turbines' }, events: [dealCreated, dealUpdated, dealDeleted] },
} as const

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
/** Of choices, by which option. */
const values = fc.record(
  {
    text: nullable(fc.constantFrom('Chess', 'Шахматы', ' go ')),
    number: nullable(fc.constantFrom(0, -2.5, 1e15)),
    money: nullable(fc.record({ amountMinor: fc.constantFrom(-1, 500), currency: fc.constantFrom('EUR', 'RUB') })),
    date: nullable(fc.constantFrom('2027-01-31', '1969-12-31')),
    select: nullable(fc.nat(1)),
    multiSelect: nullable(fc.uniqueArray(fc.nat(1), { maxLength: 2 })),
    url: nullable(fc.constantFrom('https://a.example/', 'http://b.example/x')),
    checkbox: nullable(fc.boolean()),
  },
  { requiredKeys: [] },
)
const nth = fc.nat(2)
const step = fc.oneof(
  fc.record({ kind: fc.constant('make' as const), values }),
  fc.record({ kind: fc.constant('change' as const), nth, values }),
  fc.record({ kind: fc.constant('drop' as const), nth }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never
type Field = { id: string; kind: string; options: { id: string }[] }

async function defineFields(agent: Agent, record: FieldRecord): Promise<Field[]> {
  const choices = [{ label: 'Gold' }, { label: 'Silver' }]
  const kinds = ['text', 'number', 'money', 'date', 'select', 'multiSelect', 'url', 'checkbox']
  const make = (kind: string) => agent.post('/fields', { record, kind, label: kind, options: kind.endsWith('elect') ? choices : [] })
  return (await Promise.all(kinds.map(make))).map(({ body }) => body)
}

async function live(agent: Agent, record: FieldRecord, fields: readonly Field[], history: readonly Step[]): Promise<void> {
  const { path, body } = KINDS[record]
  const ids: string[] = []
  const customOf = (given: Record<string, unknown>) => {
    const entries = fields
      .filter(({ kind }) => kind in given)
      .map(({ id, kind, options }) => [id, kind.endsWith('elect') ? chosen(options, given[kind]) : given[kind]])
    return Object.fromEntries(entries)
  }
  for (const event of history) {
    if (event.kind === 'make') ids.push((await agent.post(path, { ...body, custom: customOf(event.values) })).body.id)
    else {
      const one = `${path}/${ids[event.nth % Math.max(ids.length, 1)]}`
      if (event.kind === 'drop') await agent.delete(one)
      else await agent.patch(one, { custom: customOf(event.values) }, { version: (await agent.get(one)).body.version ?? 1 })
    }
  }
}

function chosen(options: Field['options'], given: unknown): unknown {
  if (given === null) return null
  return Array.isArray(given) ? given.map((one) => options[Number(one)]?.id) : options[Number(given)]?.id
}

/** The custom values that the log tells of. */
function fold(envelopes: readonly Envelope[]): Map<string, CustomValues> {
  const rows = new Map<string, CustomValues>()
  for (const { aggregate, data } of envelopes.toSorted((a, b) => a.aggregate.version - b.aggregate.version)) {
    const { custom, changes } = z.object({ custom: CustomValues.optional(), changes: z.object({ custom: CustomChanges.optional() }).optional() }).parse(data)
    const row = new Map(Object.entries(custom ?? rows.get(aggregate.id) ?? {}))
    for (const [id, { from, to }] of Object.entries(changes?.custom ?? {})) {
      expect(row.get(id) ?? null).toEqual(from)
      if (to === null) row.delete(id)
      else row.set(id, to)
    }
    rows.set(aggregate.id, Object.fromEntries(row))
  }
  return rows
}

it.each(['contact', 'company', 'deal'] as const)(
  'folds the events of any history of a %s into its values, and keeps those of the living to be sorted by',
  async (record) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (history) => {
        const agent = await crm.signIn()
        const { organizationId } = agent
        await live(agent, record, await defineFields(agent, record), history)
        const told = await Promise.all(KINDS[record].events.map((event) => crm.emitted<typeof event>(event, organizationId)))
        const rows = await crm.database.asAdmin(`select id, custom from crm.${record} where organization_id = '${organizationId}'`)
        expect(new Map(rows.map(({ id, custom }) => [id, custom]))).toEqual(fold(told.flat()))

        const [{ differences } = { differences: null }] = await crm.database.asAdmin(`with given as (
          select field.id, record.id as record_id, sorted.* from crm.${record} as record
            cross join jsonb_each(record.custom) as value (key, content)
            join crm.field on field.organization_id = record.organization_id and field.id = value.key::uuid
           cross join lateral crm.sort_keys(field.kind, field.options, value.content) as sorted
           where record.organization_id = '${organizationId}' and record.deleted_at is null),
        kept as (select field_id, record_id, ordinal, sort_text, sort_number from crm.field_value where organization_id = '${organizationId}')
        select (select count(*) from (table given except table kept) a) + (select count(*) from (table kept except table given) b) as differences`)
        expect(Number(differences)).toBe(0)
      }),
      generated(8),
    )
  },
  60_000,
)
