import { companyUpdated, contactUpdated, dealStageChanged, dealUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null })
const label = fc.constantFrom(null, 'work')
const emails = fc.uniqueArray(fc.record({ address: fc.constantFrom('A@example.org', 'b@example.org', 'd@example.org'), label }), { maxLength: 3 })
const phones = fc.array(fc.record({ number: fc.constantFrom('+44 20 7946 0958', '12', '8 (900) 123-45-67'), label }), { maxLength: 3 })

/** Records that everything can be linked to, tags and fields: made once, for each kind of record its own. */
async function world(agent: Agent, record: string) {
  const make = async (path: string, body: object): Promise<string> => (await agent.post(path, body)).body.id
  const companies = [await make('/companies', { name: 'Acme' }), await make('/companies', { name: 'Bolt' })]
  const tags = [await make('/tags', { name: 'One' }), await make('/tags', { name: 'Two' })]
  const people = [await make('/contacts', { name: 'Zoe' }), await make('/contacts', { name: 'Yan' })]
  const fields = [
    await make('/fields', { record, kind: 'text', label: 'Text' }),
    await make('/fields', { record, kind: 'money', label: 'Money', currency: 'EUR' }),
  ]
  const company = fc.option(fc.constantFrom(...companies), { nil: null })
  const tagIds = fc.uniqueArray(fc.constantFrom(...tags))
  const money = fc.option(
    fc.constantFrom(1, 250).map((amountMinor) => ({ amountMinor, currency: 'EUR' })),
    { nil: null },
  )
  const custom = fc.record({ [fields[0] ?? '']: text, [fields[1] ?? '']: money }, { requiredKeys: [] })
  const contacts = fc.uniqueArray(fc.constantFrom(...people)).map((ids) => ids.map((contactId) => ({ contactId, role: null })))
  const person = {
    preferredChannel: fc.constantFrom(null, 'email'),
    language: fc.constantFrom(null, 'ru', 'en'),
    consent: fc.constantFrom(null, 'given', 'withdrawn'),
    consentSource: fc.constantFrom(undefined, 'A call'),
  }
  const common = { tagIds, custom, ownerId: fc.constantFrom(null, agent.userId) }
  return {
    contact: fc.record(
      { ...common, ...person, name: fc.constantFrom('Ada', 'Eva'), emails, phones, companyId: company, position: text, note: text },
      { requiredKeys: [] },
    ),
    company: fc.record(
      {
        ...common,
        name: fc.constantFrom('Corp', 'Inc'),
        domains: fc.uniqueArray(fc.constantFrom('a.example', 'b.example')),
        industry: text,
        parentId: company,
      },
      { requiredKeys: [] },
    ),
    deal: fc.oneof(
      fc.record(
        { ...common, title: fc.constantFrom('T', 'U'), companyId: company, contacts, expectedCloseOn: fc.constantFrom(null, '2027-01-31') },
        { requiredKeys: [] },
      ),
      fc.constantFrom({ amountMinor: 5, currency: 'EUR' }, { amountMinor: null, currency: null }),
      fc.constantFrom({ stage: 'won' }, { stage: 'new' }, { stage: 'lost', lostReason: 'price' }, { stage: 'lost' }),
    ),
  }
}

const KINDS = [
  ['contact', '/contacts', { name: 'Ada' }],
  ['company', '/companies', { name: 'Corp' }],
  ['deal', '/deals', { title: 'T' }],
] as const

/** A record without what every change changes. */
const stateOf = async (agent: Agent, path: string) => {
  const { version: _version, updatedAt: _updated, lastActivityAt: _active, companyName: _name, ...state } = (await agent.get(path)).body
  return state
}

it.each(KINDS)(
  'takes the changes of any %s back one after the other, whoever made them, an automation and the AI too: each time it is what it was, and so it was at that time',
  async (record, path, body) => {
    const agent = await crm.signIn()
    const { organizationId, userId } = agent
    const through = (type: 'automation' | 'ai') => crm.signIn({ organizationId, userId, role: 'owner', agent: { type, id: crypto.randomUUID() } })
    const hands = { user: agent, automation: await through('automation'), ai: await through('ai') }
    const update = fc.tuple(
      (await world(agent, record))[record] as fc.Arbitrary<object>,
      fc.constantFrom('user' as const, 'automation' as const, 'ai' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(update, { minLength: 2, maxLength: 4 }), async (updates) => {
        const { id } = (await agent.post(path, body)).body
        const at = `${path}/${id}`
        const states = [await stateOf(agent, at)]
        const moments = [Date.now()]
        const changedBy: string[] = []
        for (const [change, hand] of updates) {
          await new Promise((resolve) => setTimeout(resolve, 3))
          const { version } = (await agent.get(at)).body
          const changed = await hands[hand].patch(at, change, { version })
          if (changed.status === 200 && changed.body.version > version) changedBy.push(hand)
          states.push(await stateOf(agent, at))
          moments.push(Date.now())
        }
        for (const [nth, state] of states.entries()) {
          const then = (await agent.get(`${at}/as-of?at=${new Date(moments[nth] ?? 0).toISOString()}`)).body
          expect(then[record]).toMatchObject(state)
        }
        const told = (
          await Promise.all([contactUpdated, companyUpdated, dealUpdated, dealStageChanged].map((event) => crm.emitted(event, agent.organizationId)))
        ).flat()
        const events = told.filter(({ aggregate }) => aggregate.id === id).toSorted((a, b) => b.aggregate.version - a.aggregate.version)
        expect(new Set(events.map(({ actor }) => actor.type))).toEqual(new Set(changedBy))
        for (const event of events) {
          const undo = await agent.post(`/record-operations/changes/${event.id}/undo`)
          await expect
            .poll(async () => (await agent.get(`/record-operations/${undo.body.id}`)).body, { timeout: 20_000 })
            .toMatchObject({ status: 'done', skipped: 0, reasons: [] })
        }
        // A deal that came back to where it was has been there since then.
        expect({ ...(await stateOf(agent, at)), stageEnteredAt: null }).toEqual({ ...states[0], stageEnteredAt: null })
        await agent.delete(at)
      }),
      generated(12),
    )
  },
  120_000,
)
