import { contactCreated } from '@ai-crm/contracts'
import { openLiveClient, startService, type Agent, type LiveClient, type LiveClientOptions } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import service from '../service.ts'

const live = await startService(service)
const url = await live.app.listen({ host: '127.0.0.1', port: 0 })

const happen = ({ organizationId }: Pick<Agent, 'organizationId'>) => {
  const contact = { contactId: randomUUID(), name: 'Ada', email: null, phone: null, company: null, position: null, note: null }
  return live.deliver(contactCreated({ ...contact, source: 'manual' }), { organizationId })
}
async function connected(options: Omit<LiveClientOptions, 'url'>): Promise<LiveClient> {
  const client = openLiveClient({ url, ...options })
  onTestFinished(() => client.close())
  await eventually(() => expect(client.state.connections).toBe(1))
  return client
}
const sequencesOf = (client: LiveClient) => client.applied.map((update) => update.sequence)

describe('recent updates', () => {
  it('are repeated to a screen that was just fetched, from before it was, and to none that is older', async () => {
    const agent = await live.signIn()
    for (let index = 0; index < 3; index++) await happen(agent)
    await live.database.asAdmin(
      `update websocket.live_update set numbered_at = now() - interval '30 seconds' where sequence = 1 and organization_id = '${agent.organizationId}'`,
    )
    const fetched = await connected({ ...agent, ageMs: 1_000 })
    await eventually(() => expect(sequencesOf(fetched)).toEqual([2, 3]))
    expect(fetched.state.isRepeated).toBe(true)
    await happen(agent)
    await eventually(() => expect(sequencesOf(fetched)).toEqual([2, 3, 4]))
    const earlier = await connected({ ...agent, ageMs: 40_000 })
    await eventually(() => expect(sequencesOf(earlier)).toEqual([1, 2, 3, 4]))
    const old = await connected({ ...agent, ageMs: 600_000 })
    expect(old.state).toMatchObject({ isRepeated: false, sequence: 4 })
    expect(old.applied).toEqual([])
    const quiet = await connected({ ...(await live.signIn()), ageMs: 1_000 })
    expect(quiet.state).toMatchObject({ isRepeated: true, sequence: 0 })
  })

  it('are not repeated where so much happened meanwhile, or the log may have lost some of it', async () => {
    const [busy, trimmed] = [await live.signIn(), await live.signIn()]
    for (let index = 0; index < 60; index++) await happen(busy)
    for (let index = 0; index < 5; index++) await happen(trimmed)
    // All of it just now, however long it took.
    await live.database.asAdmin(`update websocket.live_update set numbered_at = now() where organization_id = '${busy.organizationId}'`)
    await live.database.asAdmin(`delete from websocket.live_update where sequence <= 2 and organization_id = '${trimmed.organizationId}'`)
    for (const agent of [busy, trimmed]) {
      const screen = await connected({ ...agent, ageMs: 1_000 })
      expect(screen.state.isRepeated).toBe(false)
      expect(screen.applied).toEqual([])
    }
  })
})
