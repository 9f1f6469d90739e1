import { companyDeleted, contactDeleted, contactUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { follow } from '../companies/follow-company.ts'
import type { Ctx } from '../ctx.ts'
import { leaveDeals } from '../deals/leave-deals.ts'
import service from '../service.ts'
import { takeBackAll } from './take-back.ts'

const crm = await startService(service)

const made = async (agent: Agent, path: string, body: object): Promise<{ id: string; version: number }> => (await agent.post(path, body)).body
const asked = async (agent: Agent, path: string) => (await agent.get(path)).body

async function over(agent: Agent, { status, body }: { status: number; body: { id: string } }) {
  expect([status, body]).toMatchObject([202, {}])
  await expect.poll(async () => (await asked(agent, `/record-operations/${body.id}`)).status, { timeout: 60_000 }).toBe('done')
  await crm.settle()
  return asked(agent, `/record-operations/${body.id}`)
}
const start = async (agent: Agent, record: string, ids: string[], action: object) =>
  over(agent, await agent.post('/record-operations', { record, selection: { ids }, action }))
const undo = async (agent: Agent, operationId: string) => over(agent, await agent.post(`/record-operations/${operationId}/undo`))
const undoEvent = async (agent: Agent, eventId: string | undefined) => over(agent, await agent.post(`/record-operations/changes/${eventId}/undo`))

/** A job before whose first transaction something happens. */
function interrupted(agent: Agent, before: () => Promise<unknown>): Ctx {
  const ctx = crm.ctx(agent.organizationId) as Ctx
  let happened: Promise<unknown> | undefined
  return { ...ctx, write: async (work) => (await (happened ??= before()), ctx.write(work)) }
}
const bury = (table: string, id: string) => crm.database.asAdmin(`update crm.${table} set deleted_at = now() where id = '${id}'`)
const raise = (table: string, id: string) => crm.database.asAdmin(`update crm.${table} set deleted_at = null where id = '${id}'`)

it('leaves people, deals and daughters to a company that comes back while they are leaving it, and deals to a contact', async () => {
  const agent = await crm.signIn()
  const acme = await made(agent, '/companies', { name: 'Acme' })
  const ada = await made(agent, '/contacts', { name: 'Ada', companyId: acme.id })
  const daughter = await made(agent, '/companies', { name: 'Daughter', parentId: acme.id })
  const deal = await made(agent, '/deals', { title: 'Turbines', companyId: acme.id, contacts: [{ contactId: ada.id, role: 'buyer' }] })
  await crm.settle()
  await bury('company', acme.id)
  await follow(
    interrupted(agent, () => raise('company', acme.id)),
    { companyId: acme.id },
  )
  expect(await asked(agent, `/contacts/${ada.id}`)).toMatchObject({ companyId: acme.id })
  expect(await asked(agent, `/companies/${daughter.id}`)).toMatchObject({ parentId: acme.id })
  await bury('contact', ada.id)
  await leaveDeals(
    interrupted(agent, () => raise('contact', ada.id)),
    { contactId: ada.id },
  )
  expect(await asked(agent, `/deals/${deal.id}`)).toMatchObject({ companyId: acme.id, contacts: [{ contactId: ada.id }] })
})

it('keeps what let go of a company that is deleted again while it is taken back, for the next time', async () => {
  const agent = await crm.signIn()
  const acme = await made(agent, '/companies', { name: 'Acme' })
  const ada = await made(agent, '/contacts', { name: 'Ada', companyId: acme.id })
  await agent.delete(`/companies/${acme.id}`)
  await crm.settle()
  await raise('company', acme.id)
  await takeBackAll(
    interrupted(agent, () => bury('company', acme.id)),
    { record: 'company', id: acme.id },
  )
  expect(await asked(agent, `/contacts/${ada.id}`)).toMatchObject({ companyId: null })
  expect(await start(agent, 'company', [acme.id], { do: 'restore' })).toMatchObject({ changed: 1 })
  expect(await asked(agent, `/contacts/${ada.id}`)).toMatchObject({ companyId: acme.id })
})

it('puts together again what was deleted together, in whichever order it comes back', async () => {
  const agent = await crm.signIn()
  const parent = await made(agent, '/companies', { name: 'Parent' })
  const daughter = await made(agent, '/companies', { name: 'Daughter', parentId: parent.id })
  const ada = await made(agent, '/contacts', { name: 'Ada', companyId: daughter.id })
  const deal = await made(agent, '/deals', { title: 'Turbines', companyId: daughter.id, contacts: [{ contactId: ada.id, role: 'buyer' }] })
  for (const path of [`/deals/${deal.id}`, `/contacts/${ada.id}`]) await agent.delete(path)
  const deleted = await start(agent, 'company', [parent.id, daughter.id], { do: 'delete' })
  await start(agent, 'deal', [deal.id], { do: 'restore' })
  await start(agent, 'contact', [ada.id], { do: 'restore' })
  expect(await undo(agent, deleted.id)).toMatchObject({ changed: 2 })
  expect(await asked(agent, `/companies/${daughter.id}`)).toMatchObject({ parentId: parent.id })
  expect(await asked(agent, `/contacts/${ada.id}`)).toMatchObject({ companyId: daughter.id, company: 'Daughter' })
  expect(await asked(agent, `/deals/${deal.id}`)).toMatchObject({ companyId: daughter.id, contacts: [{ contactId: ada.id, role: 'buyer' }] })
  // Links that jobs have mended are nobody's work on it: it can go once more.
  const [undoing] = (await asked(agent, '/record-operations')).items
  expect(await undo(agent, undoing.id)).toMatchObject({ changed: 2 })
})

it('never takes back what somebody has worked on since: a restored record stays, one that was deleted again stays deleted', async () => {
  const agent = await crm.signIn()
  const ada = await made(agent, '/contacts', { name: 'Ada' })
  await agent.delete(`/contacts/${ada.id}`)
  const [deletion] = await crm.emitted(contactDeleted, agent.organizationId)
  const restored = await start(agent, 'contact', [ada.id], { do: 'restore' })
  await agent.patch(`/contacts/${ada.id}`, { note: 'called' }, { version: 3 })
  expect(await undo(agent, restored.id)).toMatchObject({ changed: 0, reasons: [{ code: 'crm.operation.changed_since' }] })
  await agent.delete(`/contacts/${ada.id}`)
  expect(await undoEvent(agent, deletion?.id)).toMatchObject({ changed: 0, reasons: [{ code: 'crm.operation.changed_since' }] })
  expect((await agent.get(`/contacts/${ada.id}`)).status).toBe(404)
})

it('lets a linked company name itself, whatever of text and link goes back', async () => {
  const agent = await crm.signIn()
  const acme = await made(agent, '/companies', { name: 'Acme' })
  const ada = await made(agent, '/contacts', { name: 'Ada', company: 'Somewhere' })
  const patch = (body: object, version: number) => agent.patch(`/contacts/${ada.id}`, body, { version })
  await patch({ company: 'Acme' }, 1)
  await patch({ companyId: acme.id }, 2)
  const events = async () => (await crm.emitted(contactUpdated, agent.organizationId)).filter(({ aggregate }) => aggregate.id === ada.id)
  const [text] = await events()
  expect(await undoEvent(agent, text?.id)).toMatchObject({ changed: 0, reasons: [{ code: 'crm.operation.changed_since' }] })
  expect(await asked(agent, `/contacts/${ada.id}`)).toMatchObject({ company: 'Acme', companyId: acme.id })
  // The link alone is let go of; meanwhile somebody writes another name, and the company is called differently.
  await patch({ companyId: null }, 3)
  const unlinking = (await events()).at(-1)
  expect(unlinking?.data.changes).toEqual({ companyId: { from: acme.id, to: null } })
  await patch({ company: 'Elsewhere' }, 4)
  await agent.patch(`/companies/${acme.id}`, { name: 'Acme & Co' }, { version: 1 })
  expect(await undoEvent(agent, unlinking?.id)).toMatchObject({ changed: 1 })
  expect(await asked(agent, `/contacts/${ada.id}`)).toMatchObject({ company: 'Acme & Co', companyId: acme.id })
})

it('does not tell a taken address to whom addresses are hidden', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const permissions = ['crm.contact.read', 'crm.contact.delete'] as const
  const blind = await crm.signIn({ organizationId, permissions: [...permissions], fields: { contact: { email: 'hidden' } } })
  const ada = await made(owner, '/contacts', { name: 'Ada', email: 'secret@example.org' })
  await owner.delete(`/contacts/${ada.id}`)
  await made(owner, '/contacts', { name: 'Eva', email: 'secret@example.org' })
  const action = { record: 'contact', selection: { ids: [ada.id] }, action: { do: 'restore' } }
  const shown = (await owner.post('/record-operations/preview', action)).body
  expect(shown.conflicts).toMatchObject([{ code: 'crm.contact.email_taken', detail: /secret@example.org/ }])
  const hidden = (await blind.post('/record-operations/preview', action)).body
  expect(hidden.conflicts).toMatchObject([{ code: 'crm.contact.email_taken' }])
  expect(JSON.stringify(hidden)).not.toContain('secret')
  const { id } = await start(blind, 'contact', [ada.id], { do: 'restore' })
  expect(JSON.stringify(await asked(blind, `/record-operations/${id}/records`))).not.toContain('secret')
})

it('brings a record back with the values of fields that are deleted, and shows none of them in what it was', async () => {
  const agent = await crm.signIn()
  const field = await made(agent, '/fields', { record: 'company', kind: 'text', label: 'Tier' })
  const acme = await made(agent, '/companies', { name: 'Acme', custom: { [field.id]: 'gold' } })
  await agent.delete(`/fields/${field.id}`)
  await agent.delete(`/companies/${acme.id}`)
  const [deletion] = await crm.emitted(companyDeleted, agent.organizationId)
  await undoEvent(agent, deletion?.id)
  expect((await asked(agent, `/companies/${acme.id}/as-of`)).company.custom).toEqual({})
  await agent.post(`/fields/${field.id}/restore`)
  expect((await asked(agent, `/companies/${acme.id}`)).custom).toEqual({ [field.id]: 'gold' })
  expect((await asked(agent, `/companies/${acme.id}/as-of`)).company.custom).toEqual({ [field.id]: 'gold' })
})
