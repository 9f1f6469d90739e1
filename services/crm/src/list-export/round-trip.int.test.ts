import type { FieldRecord } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { imported } from '../imports/import-fixture.ts'
import service from '../service.ts'

const crm = await startService(service)

const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
/** What spreadsheets run, and what looks as if it had been kept from that. */
const hostile = fc.constantFrom('=1+1', '+7', '-x', '@SUM(A1)', "'=1", "''+1", '＝1', 'a "b", c', 'two\nlines', 'Анна; Ольга', '=cmd|"/C calc"!A0')
const OPTIONS = ['Gold', '=Silver', '-', 'Gold; rare', '"Best", of | all', 'rare']
const TAGS = ['VIP', 'Cold; rare', '"Hot", or not', 'rare', 'Cold']

const values = fc.record({
  text: nullable(hostile),
  number: nullable(fc.constantFrom(0, -2.5, 1e15, 17, 1.234, -123.456, 0.125)),
  money: nullable(fc.record({ amountMinor: fc.constantFrom(-1050, 7, 0, 1234), currency: fc.constantFrom('EUR', 'JPY', 'KWD') })),
  date: nullable(fc.constantFrom('2027-01-31', '1969-12-03')),
  select: nullable(fc.nat(OPTIONS.length - 1)),
  multiSelect: nullable(fc.uniqueArray(fc.nat(OPTIONS.length - 1), { minLength: 1 })),
  person: fc.boolean(),
  related: fc.record({ contact: nullable(fc.nat()), company: nullable(fc.nat()), deal: nullable(fc.nat()) }),
  url: nullable(fc.constantFrom('https://a.example/?q=1', 'http://b.example/x')),
  checkbox: nullable(fc.boolean()),
})
type Values = typeof values extends fc.Arbitrary<infer Value> ? Value : never
const KINDS = ['text', 'number', 'money', 'date', 'select', 'multiSelect', 'person', 'url', 'checkbox'] as const
type Fields = Readonly<Record<(typeof KINDS)[number], { id: string; options: { id: string }[] }>>

/** What other records name: some are called alike, or as an address of another one. */
const RELATED = {
  contact: [
    { name: 'Ada' },
    { name: 'ADA', email: 'ada@example.org' },
    { name: 'Eve', email: 'Eve@example.org' },
    { name: 'eve@example.org' },
    { name: 'O\'Neil; "Bob"' },
    { name: '=Max' },
  ],
  company: [{ name: 'Acme' }, { name: 'acme', domains: ['acme.example'] }, { name: 'acme.example' }, { name: 'Bolt', domains: ['bolt.example'] }],
  deal: [{ title: 'Turbines' }, { title: 'turbines' }, { title: 'Pumps, 7' }],
} as const
type Related = Readonly<Record<FieldRecord, { fieldId: string; ids: string[] } | undefined>>

/** A field for each other kind of record, and records that it can name. */
async function relatedOf(agent: Agent, record: FieldRecord): Promise<Related> {
  const made: Partial<Record<FieldRecord, { fieldId: string; ids: string[] }>> = {}
  for (const [to, path, bodies] of [
    ['contact', '/contacts', RELATED.contact],
    ['company', '/companies', RELATED.company],
    ['deal', '/deals', RELATED.deal],
  ] as const) {
    if (to === record) continue
    const ids: string[] = []
    for (const body of bodies) ids.push((await agent.post(path, body)).body.id)
    const field = await agent.post('/fields', { record, kind: 'relation', relatesTo: to, label: `My ${to}` })
    made[to] = { fieldId: field.body.id, ids }
  }
  return { contact: undefined, company: undefined, deal: undefined, ...made }
}

const linksOf = (related: Related, { related: given }: Values): Record<string, string> =>
  Object.fromEntries(
    (['contact', 'company', 'deal'] as const).flatMap((to) => {
      const [nth, field] = [given[to], related[to]]
      return nth === null || !field ? [] : [[field.fieldId, field.ids[nth % field.ids.length] ?? '']]
    }),
  )

async function fieldsOf(agent: Agent, record: FieldRecord): Promise<Fields> {
  const made = KINDS.map(async (kind) => {
    const options = kind.endsWith('elect') ? OPTIONS.map((label) => ({ label })) : []
    const answer = await agent.post('/fields', { record, kind, label: `My ${kind}`, options })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return [kind, answer.body] as const
  })
  return Object.fromEntries(await Promise.all(made)) as Fields
}

function customOf(agent: Agent, fields: Fields, given: Values): Record<string, unknown> {
  const option = (kind: 'select' | 'multiSelect', nth: number) => fields[kind].options[nth]?.id
  const { related: _related, ...plain } = given
  const all = {
    ...plain,
    select: given.select === null ? null : option('select', given.select),
    multiSelect: given.multiSelect?.map((nth) => option('multiSelect', nth)) ?? null,
    person: given.person ? agent.userId : null,
  }
  return Object.fromEntries(Object.entries(all).flatMap(([kind, value]) => (value === null ? [] : [[fields[kind as keyof Fields].id, value]])))
}

const RECORDS = [
  [
    'contact',
    '/contacts',
    fc.record({ name: hostile, position: nullable(hostile), note: nullable(hostile), phone: nullable(fc.constantFrom('+1 202 555 0143, ext. 5')) }),
  ],
  ['company', '/companies', fc.record({ name: hostile, industry: nullable(hostile), note: nullable(hostile) })],
  ['deal', '/deals', fc.record({ title: hostile, expectedCloseOn: nullable(fc.constant('2027-01-31')) })],
] as const

async function stored(agent: Agent, path: string): Promise<unknown[]> {
  const { items } = (await agent.get(`${path}?limit=100`)).body
  return items
    .map(
      ({ id: _id, createdAt: _made, updatedAt: _changed, stageEnteredAt: _entered, source: _source, rank: _rank, ...record }: Record<string, unknown>) =>
        record,
    )
    .toSorted((one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

it.each(RECORDS)(
  'brings any %s records back by import as they were exported, custom fields of every kind among them, whatever spreadsheets would run',
  async (record, path, body) => {
    const one = fc.record({ body: body as fc.Arbitrary<object>, values, tags: fc.uniqueArray(fc.nat(TAGS.length - 1)) })
    const asked = fc.record({
      records: fc.array(one, { minLength: 1, maxLength: 4 }),
      format: fc.constantFrom('csv', 'xlsx'),
      language: fc.constantFrom('en', 'ru'),
      // Another member is called as whoever is named.
      isOneOfTwo: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ records, format, language, isOneOfTwo }) => {
        const agent = await crm.signIn()
        await crm.database.asAdmin(
          `insert into crm.person (organization_id, user_id, name, email) values ('${agent.organizationId}', '${agent.userId}', 'Olga', 'o@example.org'), ('${agent.organizationId}', gen_random_uuid(), ${isOneOfTwo ? "'olga'" : "'Ivan'"}, 'other@example.org')`,
        )
        const fields = await fieldsOf(agent, record)
        const related = await relatedOf(agent, record)
        const tagIds: string[] = []
        for (const name of TAGS) tagIds.push((await agent.post('/tags', { name })).body.id)
        const ids: string[] = []
        for (const one of records) {
          const made = await agent.post(path, {
            ...one.body,
            custom: { ...customOf(agent, fields, one.values), ...linksOf(related, one.values) },
            tagIds: one.tags.map((nth) => tagIds[nth]),
          })
          expect(made.status, JSON.stringify(made.body)).toBe(201)
          ids.push(made.body.id)
        }
        const before = await stored(agent, path)
        const file = (await agent.post(`${path}/export?format=${format}&language=${language}`)).raw
        for (const id of ids) await agent.delete(`${path}/${id}`)
        const done = await imported(agent, file, { policy: 'create' })
        expect(done.forecast, file.toString()).toMatchObject({ created: records.length, refused: 0 })
        expect(await stored(agent, path), file.toString()).toEqual(before)
      }),
      generated(3),
    )
  },
  180_000,
)
