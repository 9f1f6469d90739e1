import { createClient } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing/database'
import { afterAll, expect, it } from 'vitest'
import { liveADay, NotYet, PASSWORD, persist } from '../crash/a-day.fixture.ts'
import { ERASED_PERSON, sampled } from '../crash/chains.ts'
import { dieThrough, freePorts, startWorld } from '../crash/world.fixture.ts'
import { findEverywhere } from './lived-person.fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)

const chain = sampled(ERASED_PERSON)
it(`erases a person to the end, once, when it dies at ${chain.join(', ')}`, { timeout: 1_200_000 }, async () => {
  const ports = await freePorts()
  const url = `http://localhost:${ports.port}`
  const program = crash.start(chain, ports)
  await dieThrough(program, chain, async () => {
    const day = await liveADay({ ...ports, url, world: crash.world, receiverUrl: crash.receiver.url })
    const stranger = createClient({ baseUrl: url, accessToken: () => null })
    const answer = await persist('sign in', () => stranger.auth.signIn({ body: { email: day.email, password: PASSWORD } }))
    if (answer.status !== 'signed-in') throw new Error(`Not signed in: ${answer.status}`)
    const client = createClient({ baseUrl: url, accessToken: () => answer.accessToken })
    const contact = await persist('find the contact', async () => {
      const [found] = (await client.crm.listContacts({ query: { search: day.customer } })).items
      if (!found) throw new NotYet()
      return found
    })
    const sent = async () => (await rows(`select 1 from crm.timeline_entry where contact_id = '${contact.id}' and type = 'message.sent'`)).length
    await expect.poll(sent, { timeout: 300_000, interval: 200 }).toBe(1)

    const key = crypto.randomUUID()
    const ask = { params: { contactId: contact.id }, body: { name: contact.name }, idempotencyKey: key }
    const { id: erasureId } = await persist('ask for the erasure', () => client.crm.erasePerson(ask))
    const state = async () => (await rows(`select state from crm.person_erasure where id = '${erasureId}'`))[0]?.['state']
    await expect.poll(state, { timeout: 600_000, interval: 200 }).toBe('done')
    expect(program.reached).toEqual(chain)
    const [local = ''] = day.customer.split('@')
    await expect.poll(() => findEverywhere(rows, local), { timeout: 30_000, interval: 500 }).toEqual({})

    const report = await persist('read the report', () => client.crm.getPersonErasure({ params: { erasureId } }))
    expect(report.parts).toMatchObject({
      crm: { erased: { contact: 1 } },
      messaging: { erased: { conversation: 1, message: 2 } },
      ai: { erased: { conversation: 1, conversationMessage: 2 } },
    })
    const told = await rows(`select 1 from crm.event where type = 'person.erased' and organization_id = '${day.organizationId}'`)
    expect(told).toHaveLength(1)
  })
})
