import { IMPORT_POLICIES } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { imported } from './import-fixture.ts'

const crm = await startService(service)

const cell = (...values: string[]) => fc.constantFrom('', ...values)

/** By what a file holds: what there is before, and rows of a file about the same few, some of which are no good. */
const KINDS = {
  contact: {
    path: '/contacts',
    body: fc.record({
      name: fc.constantFrom('Ada', 'Eve'),
      emails: fc.uniqueArray(fc.constantFrom('a@x.example', 'B@x.example', 'c@x.example').map((address) => ({ address }))),
      phone: fc.constantFrom(null, '+44 20 7946 0958'),
      position: fc.constantFrom(null, 'Countess'),
    }),
    columns: {
      Name: cell('Ada', 'Bob'),
      Email: cell('A@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'broken@'),
      Phone: cell('+44 20 7946 0958', '8 (900) 123-45-67'),
      Position: cell('Analyst', '"Head, of all"'),
      Company: cell('Acme', 'Bolt'),
      Tags: cell('VIP', '"VIP;Cold"'),
      Consent: cell('given', 'withdrawn', 'maybe'),
      Hobby: cell('Chess', 'Go'),
    },
  },
  company: {
    path: '/companies',
    body: fc.record({
      name: fc.constantFrom('Acme', 'Bolt', 'Cog'),
      domains: fc.uniqueArray(fc.constantFrom('a.example', 'b.example'), { maxLength: 1 }),
      industry: fc.constantFrom(null, 'Anvils'),
    }),
    columns: {
      'Company name': cell('Acme', 'ACME', 'Bolt', 'Dent'),
      Domain: cell('a.example', 'www.b.example', 'd.example', 'no domain'),
      Industry: cell('Rockets'),
      Phone: cell('+1'),
      Tags: cell('VIP'),
      Hobby: cell('Chess', 'Go'),
    },
  },
  deal: {
    path: '/deals',
    body: fc.record({ title: fc.constantFrom('Pumps', 'Gears'), expectedCloseOn: fc.constantFrom(null, '2027-01-31') }),
    columns: {
      'Deal name': cell('Pumps', 'Gears', 'Turbines'),
      Amount: cell('7', '"1,050.50"', 'much'),
      Stage: cell('New', 'Won', 'Nowhere'),
      Company: cell('Acme', 'Bolt'),
      Tags: cell('VIP'),
      Hobby: cell('Chess', 'Go'),
    },
  },
} as const
type Kind = keyof typeof KINDS

/** Deals are never changed. */
const policiesOf = (record: Kind) => IMPORT_POLICIES.filter((policy) => record !== 'deal' || policy === 'skip' || policy === 'create')

const fileOf = (columns: Readonly<Record<string, fc.Arbitrary<string>>>) =>
  fc
    .array(fc.tuple(...Object.values(columns)), { minLength: 1, maxLength: 8 })
    .filter((rows) => rows.flat().some((text) => text !== ''))
    .map((rows) => [Object.keys(columns).join(','), ...rows.map((row) => row.join(','))].join('\n') + '\n')

/** All records, but for what counts their changes. */
async function recordsOf(agent: Agent, path: string): Promise<Map<string, unknown>> {
  const { items } = (await agent.get(`${path}?limit=100`)).body
  return new Map(
    items.map(({ version: _version, updatedAt: _updatedAt, ...record }: { id: string; version: number; updatedAt: string }) => [record.id, record]),
  )
}

/** What an import makes because rows name it. */
async function besideOf(agent: Agent): Promise<unknown> {
  const [companies, tags] = [(await agent.get('/companies?limit=100')).body.items, (await agent.get('/tags')).body.items]
  return [companies, tags].map((items: { id: string; name: string }[]) => items.map(({ id, name }) => `${id} ${name}`).toSorted())
}

async function takenBack(agent: Agent, importId: string) {
  const { status, body } = await agent.post(`/imports/${importId}/revert`)
  expect(status, JSON.stringify(body)).toBe(200)
  await expect.poll(async () => (await agent.get(`/record-operations/${body.id}`)).body, { timeout: 30_000 }).toMatchObject({ status: 'done' })
  return (await agent.get(`/record-operations/${body.id}`)).body
}

it.each(Object.keys(KINDS) as Kind[])(
  'does with any file of %s records what it foresaw, and leaves nothing of it when it is taken back',
  async (record) => {
    const { path, body, columns } = KINDS[record]
    const history = fc.record({
      before: fc.array<object>(body, { maxLength: 3 }),
      files: fc.array(fc.record({ file: fileOf(columns), policy: fc.constantFrom(...policiesOf(record)) }), { minLength: 1, maxLength: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(history, async ({ before, files }) => {
        const agent = await crm.signIn()
        await agent.post('/fields', { record, kind: 'text', label: 'Hobby' })
        for (const one of before) await agent.post(path, one)
        const [states, beside, imports] = [[await recordsOf(agent, path)], [await besideOf(agent)], new Array<string>()]
        for (const { file, policy } of files) {
          const done = await imported(agent, file, { policy, currency: 'EUR' })
          const { created = 0, updated = 0, skipped = 0, refused = 0, rows } = done.forecast ?? {}
          expect(done.operation, file).toMatchObject({ status: 'done' })
          const { changed = 0, unchanged = 0, skipped: left = 0 } = done.operation ?? {}
          expect([changed + unchanged, left, rows], file).toEqual([created + updated, skipped + refused, changed + unchanged + left])
          states.push(await recordsOf(agent, path))
          beside.push(await besideOf(agent))
          // What an earlier row has filled, and what it has renamed, no look ahead knows.
          if (policy !== 'fill' && !(record === 'company' && policy === 'overwrite'))
            expect(states.at(-1)?.size, file).toBe((states.at(-2)?.size ?? 0) + created)
          imports.push(done.id)
        }
        for (const importId of imports.toReversed()) {
          states.pop()
          beside.pop()
          const { total } = (await agent.get(`/imports/${importId}`)).body.operation
          if (total === 0) continue
          const undone = await takenBack(agent, importId)
          expect(undone).toMatchObject({ skipped: 0, reasons: [] })
          expect(await recordsOf(agent, path)).toEqual(states.at(-1))
          if (record !== 'company') expect(await besideOf(agent), files[0]?.file).toEqual(beside.at(-1))
        }
      }),
      generated(3),
    )
  },
  180_000,
)
