import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const text = fc.constantFrom(null, 'a', 'b')

/** What an operation may set, by kind of record; `tags`, `companies` and `hobby` are those of the organisation. */
const setsOf = (agent: Agent, { tags, companies, hobby }: Things) => {
  const common = {
    ownerId: fc.constantFrom(null, agent.userId),
    tags: fc.record({ add: fc.uniqueArray(fc.constantFrom(...tags)), remove: fc.uniqueArray(fc.constantFrom(...tags)) }),
    custom: fc.constantFrom({ [hobby]: 'Chess' }, { [hobby]: null }),
  }
  const companyId = fc.constantFrom(null, ...companies)
  return {
    contact: fc.record({ ...common, companyId, position: text, note: text, consent: fc.constantFrom(null, 'given', 'withdrawn') }, { requiredKeys: [] }),
    company: fc.record({ ...common, industry: text, note: text, phone: text }, { requiredKeys: [] }),
    deal: fc.record(
      { ...common, companyId, stage: fc.constantFrom('new', 'qualified', 'won', 'lost'), expectedCloseOn: fc.constantFrom(null, '2027-01-31') },
      { requiredKeys: [] },
    ),
  }
}
const KINDS = [
  ['contact', '/contacts', { name: 'Ada', note: 'a' }],
  ['company', '/companies', { name: 'Corp', industry: 'a' }],
  ['deal', '/deals', { title: 'Turbines' }],
] as const

interface Things {
  readonly tags: readonly string[]
  readonly companies: readonly string[]
  readonly hobby: string
}
async function thingsOf(agent: Agent, record: string): Promise<Things> {
  const make = async (path: string, body: object): Promise<string> => (await agent.post(path, body)).body.id
  return {
    tags: [await make('/tags', { name: 'One' }), await make('/tags', { name: 'Two' })],
    companies: [await make('/companies', { name: 'Acme' }), await make('/companies', { name: 'Bolt' })],
    hobby: await make('/fields', { record, kind: 'text', label: 'Hobby' }),
  }
}

/** The records as they are; those in the trash as nothing. Where a deal stood before, it has stood since it came back. */
async function stateOf(agent: Agent, path: string, ids: readonly string[]): Promise<unknown[]> {
  return Promise.all(
    ids.map(async (id) => {
      const { status, body } = await agent.get(`${path}/${id}`)
      if (status !== 200) return null
      const { version: _version, updatedAt: _updated, lastActivityAt: _active, stageEnteredAt: _entered, companyName: _name, ...state } = body
      return state
    }),
  )
}

async function over(agent: Agent, { status, body }: { status: number; body: { id: string } }) {
  expect([200, 202], JSON.stringify(body)).toContain(status)
  await expect.poll(async () => (await agent.get(`/record-operations/${body.id}`)).body.status, { timeout: 60_000 }).toBe('done')
  await crm.settle()
  return (await agent.get(`/record-operations/${body.id}`)).body
}

it.each(KINDS)(
  'takes any operations on %s records back one after the other, as it said it would: each time all of them are what they were',
  async (record, path, body) => {
    const agent = await crm.signIn()
    const things = await thingsOf(agent, record)
    const set: fc.Arbitrary<object> = setsOf(agent, things)[record]
    const of = fc.subarray([0, 1, 2], { minLength: 1 })
    const change = fc.record({ of, action: set.filter((given) => Object.keys(given).length > 0).map((given) => ({ do: 'change', set: given })) })
    // Last: who comes back and goes once more is somebody's decision, which no undo of an earlier one passes over.
    const life = fc.record({ of, action: fc.constantFrom({ do: 'delete' }, { do: 'restore', withoutTaken: false }) })
    const operations = fc
      .tuple(fc.array(change, { maxLength: 2 }), fc.option(life, { nil: undefined }))
      .map(([changes, last]) => (last ? [...changes, last] : changes))
    await fc.assert(
      fc.asyncProperty(operations, async (asked) => {
        const ids: string[] = []
        for (let nth = 0; nth < 3; nth++) ids.push((await agent.post(path, body)).body.id)
        await agent.delete(`${path}/${ids[2]}`)
        await crm.settle()
        const [states, done] = [[await stateOf(agent, path, ids)], new Array<string>()]
        for (const { of, action: given } of asked) {
          const selection = { ids: of.map((nth) => ids[nth]) }
          const foreseen = (await agent.post('/record-operations/preview', { record, selection, action: given })).body
          const started = await agent.post('/record-operations', { record, selection, action: given })
          if (started.status === 422) continue
          const operation = await over(agent, started)
          expect([operation.changed, operation.skipped], JSON.stringify(given)).toEqual([foreseen.changed, foreseen.skipped])
          if (operation.changed === 0) continue
          done.push(operation.id)
          states.push(await stateOf(agent, path, ids))
        }
        for (const id of done.toReversed()) {
          states.pop()
          const foreseen = (await agent.get(`/record-operations/${id}/undo`)).body
          const undone = await over(agent, await agent.post(`/record-operations/${id}/undo`))
          expect([undone.changed, undone.skipped, undone.reasons]).toEqual([foreseen.changed, 0, []])
          expect(await stateOf(agent, path, ids)).toEqual(states.at(-1))
        }
      }),
      generated(3),
    )
  },
  180_000,
)
