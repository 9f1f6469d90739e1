import { memberJoined, memberRemoved, organizationCreated, userCreated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const joined = (userId: string) => memberJoined({ userId, name: 'Mate', email: 'mate@example.org', role: 'member', invitationId: null })
const created = (userId: string) => userCreated({ userId, name: 'Mate', email: 'mate@example.org', locale: 'en', role: 'member' })
const removed = (userId: string) => memberRemoved({ userId, reason: 'removed', handedOverTo: null })

/** An organisation whose members crm has heard of from its founding on. */
async function known() {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const hear = (event: Parameters<typeof crm.deliver>[0]) => crm.deliver(event, { organizationId })
  await hear(organizationCreated({ organizationId, name: 'Known', slug: `known-${organizationId}`, locale: 'en' }))
  await hear(created(agent.userId))
  return { agent, hear }
}
const REFUSED = { status: 422, body: { code: 'platform.not_a_member', errors: [{ field: '/ownerId' }] } }

for (const [thing, path, called] of [
  ['contact', '/contacts', 'name'],
  ['company', '/companies', 'name'],
  ['deal', '/deals', 'title'],
] as const) {
  const make = (agent: Agent, more: object = {}) => agent.post(path, { [called]: `A ${thing}`, ...more })
  const give = (agent: Agent, id: string, ownerId: string, version: number) => agent.patch(`${path}/${id}`, { ownerId }, { version })

  it(`gives a ${thing} to members only, and to whoever makes it`, async () => {
    const { agent, hear } = await known()
    const mate = crypto.randomUUID()
    expect(await make(agent, { ownerId: mate })).toMatchObject(REFUSED)
    const { body } = await make(agent)
    expect(body.ownerId).toBe(agent.userId)
    expect(await give(agent, body.id, mate, 1)).toMatchObject(REFUSED)
    expect((await agent.get(`${path}/${body.id}`)).body).toMatchObject({ ownerId: agent.userId, version: 1 })
    await hear(joined(mate))
    expect(await give(agent, body.id, mate, 1)).toMatchObject({ status: 200, body: { ownerId: mate } })
    expect((await make(agent, { ownerId: mate })).status).toBe(201)
  })

  it(`gives no ${thing} to who left, nor to a member of another organisation`, async () => {
    const [ours, theirs] = [await known(), await known()]
    const mate = crypto.randomUUID()
    await ours.hear(joined(mate))
    await ours.hear(removed(mate))
    expect(await make(ours.agent, { ownerId: mate })).toMatchObject(REFUSED)
    expect(await make(ours.agent, { ownerId: theirs.agent.userId })).toMatchObject(REFUSED)
    await ours.hear(joined(mate))
    expect((await make(ours.agent, { ownerId: mate })).status).toBe(201)
  })
}

it('is not fooled by news of an account that come after its person left', async () => {
  const { agent, hear } = await known()
  const mate = crypto.randomUUID()
  await hear(removed(mate))
  await hear(created(mate))
  expect(await agent.post('/contacts', { name: 'Late', ownerId: mate })).toMatchObject(REFUSED)
})

it('waits for a member who is leaving at this moment, so that nothing is given to them behind the back of handing over', async () => {
  const { agent, hear } = await known()
  const mate = crypto.randomUUID()
  await hear(joined(mate))
  const { body } = await agent.post('/contacts', { name: 'Between' })
  const { cluster, name } = crm.database
  await withAdmin(cluster, name, async (run) => {
    await run('begin')
    await run(`update crm.member set is_member = false where user_id = '${mate}'`)
    const answer = agent.patch(`/contacts/${body.id}`, { ownerId: mate }, { version: 1 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await run('commit')
    expect(await answer).toMatchObject(REFUSED)
  })
})

it('leaves an owner who left alone where nothing about the owner changes', async () => {
  const { agent, hear } = await known()
  const mate = crypto.randomUUID()
  await hear(joined(mate))
  const { body } = await agent.post('/contacts', { name: 'Kept', ownerId: mate })
  await crm.database.asAdmin(`update crm.member set is_member = false where user_id = '${mate}'`)
  expect((await agent.patch(`/contacts/${body.id}`, { note: 'Called', ownerId: mate }, { version: 1 })).status).toBe(200)
})

it('refuses nobody where it was not there from the founding on', async () => {
  const agent = await crm.signIn()
  expect((await agent.post('/contacts', { name: 'Old', ownerId: crypto.randomUUID() })).status).toBe(201)
})
