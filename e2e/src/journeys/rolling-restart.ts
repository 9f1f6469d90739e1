import { beforeAll, expect, it } from 'vitest'
import { signInToDemo, type Colleague } from '../people.ts'
import { pause } from '../processes.ts'
import type { RunningSystem } from '../system.ts'

const CLIENTS = 6
/** Load before, between and after the restarts. */
const SETTLE_MS = 1_000

/** A rolling restart of both replicas of a service behind the gateway, under load. */
export function rollingRestart(system: () => RunningSystem): void {
  let owner: Colleague
  beforeAll(async () => {
    owner = await signInToDemo(system())
  })

  it('fails no request, loses no write and makes none twice', { timeout: 300_000 }, async () => {
    const statuses: number[] = []
    const created: string[] = []
    let isOver = false
    const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const headers = { authorization: `Bearer ${owner.session.accessToken}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      const answer = await fetch(`${system().url}/api/v1${path}`, { ...init, headers })
      statuses.push(answer.status)
      return answer.json()
    }
    const client = async (number: number): Promise<void> => {
      for (let count = 0; !isOver; count++) {
        const email = `rolling-${number}-${count}@example.org`
        await ask('/contacts', { method: 'POST', body: JSON.stringify({ name: 'Rolling', email }) })
        created.push(email)
        await ask('/contacts?limit=10')
      }
    }
    const load = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
    const exits: (number | null)[] = []
    await pause(SETTLE_MS)
    for (const process of system().processes.filter(({ name }) => name.startsWith('crm'))) {
      exits.push(await process.stop())
      await process.start()
      await pause(SETTLE_MS)
    }
    isOver = true
    await load
    console.log(`rolling restart: ${statuses.length} requests while two replicas restarted`)
    expect(exits).toEqual([0, 0])
    expect(statuses.filter((status) => status >= 300)).toEqual([])
    expect(statuses.length).toBeGreaterThan(50)
    expect((await stored()).toSorted()).toEqual(created.toSorted())
  })

  /** Addresses of all contacts that the load has made. */
  async function stored(): Promise<string[]> {
    const found: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await owner.client.crm.listContacts({ query: { limit: 100, ...(cursor ? { cursor } : {}) } })
      found.push(...page.items.flatMap(({ email }) => (email?.startsWith('rolling-') ? [email] : [])))
      cursor = page.nextCursor
    }
    return found
  }
}
