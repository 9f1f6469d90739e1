import { startService, type Agent } from '@ai-crm/testing'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const KINDS = [
  ['contact', '/contacts', { name: 'Ada', email: 'ada@example.org' }, ['Analyst', 'Countess'].map((position) => ({ position }))],
  ['company', '/companies', { name: 'Corp', domains: ['corp.example'] }, ['Cars', 'Pumps'].map((industry) => ({ industry }))],
  ['deal', '/deals', { title: 'Turbines', amountMinor: 5, currency: 'EUR' }, ['2027-01-31', '2027-02-28'].map((expectedCloseOn) => ({ expectedCloseOn }))],
] as const

async function over(agent: Agent, { status, body }: { status: number; body: { id: string } }) {
  expect([status, body]).toMatchObject([202, {}])
  await expect.poll(async () => (await agent.get(`/record-operations/${body.id}`)).body.status, { timeout: 60_000 }).toBe('done')
  await crm.settle()
  return (await agent.get(`/record-operations/${body.id}`)).body
}

/** One record of each kind, all linked, with a tag. */
async function world(agent: Agent, record: string, path: string, body: object) {
  const make = async (at: string, given: object): Promise<string> => (await agent.post(at, given)).body.id
  const tagIds = [await make('/tags', { name: 'VIP' })]
  const acme = await make('/companies', { name: 'Acme' })
  const links = { contact: { companyId: acme }, company: { parentId: acme }, deal: { companyId: acme } }[record]
  const id = await make(path, { ...body, tagIds, ...links })
  const others = {
    contact: async () => [`/deals/${await make('/deals', { title: 'Of hers', contacts: [{ contactId: id, role: 'buyer' }] })}`],
    company: async () => [
      `/contacts/${await make('/contacts', { name: 'Eve', companyId: id })}`,
      `/companies/${await make('/companies', { name: 'Daughter', parentId: id })}`,
    ],
    deal: async () => [],
  }[record]
  await crm.settle()
  const places = [`${path}/${id}`, ...((await others?.()) ?? [])]
  /** Null of what is deleted. A deal that comes back has been in its stage since then. */
  const state = async () =>
    Promise.all(
      places.map(async (place) => {
        const answer = await agent.get(place)
        const { version: _version, updatedAt: _updated, lastActivityAt: _active, stageEnteredAt: _entered, ...kept } = answer.body
        return answer.status === 404 ? null : kept
      }),
    )
  return { id, state }
}

it.each(KINDS)(
  'takes back whatever was done to any %s, its deletions, its restorations and what was taken back among it: each time it is what it was',
  async (record, path, body, edits) => {
    const steps = fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.constant('life' as const) }, { weight: 2, arbitrary: fc.constant('undo' as const) }, fc.nat(1)),
      { minLength: 3, maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const agent = await crm.signIn()
        const { id, state } = await world(agent, record, path, body)
        const start = (action: object) => agent.post('/record-operations', { record, selection: { ids: [id] }, action })
        const undo = (operationId: string) => agent.post(`/record-operations/${operationId}/undo`)
        const done: { id: string; before: unknown[] }[] = []
        for (const step of given) {
          const before = await state()
          const last = done.at(-1)
          const isThere = before[0] !== null
          if (step === 'undo' ? !last : step !== 'life' && !isThere) continue
          const asked =
            step === 'undo' ? undo(last?.id ?? '') : start(step === 'life' ? { do: isThere ? 'delete' : 'restore' } : { do: 'change', set: edits[step] })
          const operation = await over(agent, await asked)
          expect(operation, JSON.stringify(given)).toMatchObject({ skipped: 0, reasons: [] })
          if (operation.changed > 0) done.push({ id: operation.id, before })
        }
        for (const { id: operationId, before } of done.toReversed()) {
          expect(await over(agent, await undo(operationId)), JSON.stringify(given)).toMatchObject({ changed: 1, skipped: 0, reasons: [] })
          expect(await state(), JSON.stringify(given)).toEqual(before)
        }
        await crm.settle()
      }),
      generated(2),
    )
  },
  180_000,
)

it('lets a deletion be taken back once its restoration was taken back', async () => {
  const agent = await crm.signIn()
  const ada = (await agent.post('/contacts', { name: 'Ada' })).body
  const start = async (action: object) => over(agent, await agent.post('/record-operations', { record: 'contact', selection: { ids: [ada.id] }, action }))
  const undo = async (operationId: string) => over(agent, await agent.post(`/record-operations/${operationId}/undo`))
  const deleted = await start({ do: 'delete' })
  const restored = await start({ do: 'restore' })
  expect(await undo(restored.id)).toMatchObject({ changed: 1 })
  expect(await undo(deleted.id)).toMatchObject({ changed: 1, reasons: [] })
  expect((await agent.get(`/contacts/${ada.id}`)).body).toMatchObject({ name: 'Ada' })
})
