import { fingerprintOf, listTenantTables } from '@ai-crm/testing/catalogue'
import { seededRandom } from '@ai-crm/testing/random'
import { openLiveClient } from '@ai-crm/testing'
import { afterAll, describe, expect, it } from 'vitest'
import type { Attack } from './fixtures/attack.ts'
import { attackersOf } from './fixtures/attackers.ts'
import { canaryOf, type CanaryOrganization } from './fixtures/canary-mark.ts'
import { startCanaryProduct } from './fixtures/canary-product.ts'
import { EXCUSED, SHOWS_NO_TEXT, SOMETIMES } from './fixtures/excused.ts'
import { harvest } from './fixtures/harvest.ts'
import { send } from './fixtures/hear.ts'
import { operations, type Operation } from './fixtures/operations.ts'
import { forgetRedriven, LEFT_ALONE, plantCanaries } from './fixtures/plant-canaries.ts'
import { findReached } from './fixtures/reach.ts'
import { anyRequest } from './fixtures/request.ts'
import { seedOrganization } from './fixtures/seed-organization.ts'
import { askForOwn, attackRound, collectCursors } from './fixtures/sweep.ts'

/** 100,000 by `npm run test:isolation` (reliability 2.4.2). */
const REQUESTS = Number(process.env['ISOLATION_REQUESTS'] ?? 1_300)
const SEED = Number(process.env['ISOLATION_SEED'] ?? 20_261_126)
/** Lists and limits of the attacker fill up; a new organisation goes on after so many rounds. */
const ROUNDS_OF_ONE = 6
const MS_PER_REQUEST = 150

const random = seededRandom(SEED)
const product = await startCanaryProduct()
afterAll(async () => {
  await product.model.close()
  await product.receiver.close()
})
const { service } = product
const { database } = service
const victimOrganization = await seedOrganization(product, 'A')
const grown = await harvest(database, victimOrganization)

let attackers = 0
/** Another one of the attackers: nobody signs up twice. */
const nextAttacker = () => seedOrganization(product, `B${(attackers += 1)}`)

async function attackFrom(own: CanaryOrganization, victim = grown) {
  const things = await harvest(database, own)
  const planted = new Set([victimOrganization.owner.userId]) // who is a person of both
  const attack: Attack = { service, random, victim, own: things, victimIds: new Set(victim.ids), planted, findings: [], requests: 0, inconclusive: 0 }
  const signIn = () => attackersOf(service, own, victimOrganization, things)
  return { attack, signIn, attackers: await signIn() }
}

const isPublic = ({ endpoint }: Operation): boolean => endpoint.access === 'public'
const isGuarded = (operation: Operation): boolean => !isPublic(operation)
const canary = canaryOf('A')

/** Routes in whose answer to the organisation itself no canary is seen. */
async function findSilent(): Promise<Record<string, string>> {
  const { attackers } = await attackFrom(victimOrganization)
  const silent: Record<string, string> = {}
  for (const operation of operations.filter(({ endpoint }) => endpoint.method === 'GET' && endpoint.access !== 'public')) {
    const owner = attackers.find(({ mayAsk }) => mayAsk(operation))
    if (!owner) continue
    // Which thing is asked for is chance, and not each has a text: a delivery may tell of an event that is all ids.
    const tries = Object.hasOwn(SHOWS_NO_TEXT, operation.name) ? 1 : 20
    for (let left = tries; left > 0; left--) {
      const heard = await send(service, operation, owner, anyRequest(operation, grown, random, 1), 1, random)
      if (canary.test(heard.everything)) break
      if (left === 1) silent[operation.name] = `${heard.status} ${heard.body.slice(0, 200)}`
    }
  }
  return silent
}

// Before superuser's canaries come in, which no route could read.
const silent = await findSilent()
const planted = await plantCanaries(database, victimOrganization)
const victim = await harvest(database, victimOrganization)

it('shows the canaries to the organisation itself, wherever a route has a text to show', () => {
  expect(Object.fromEntries(Object.entries(silent).filter(([name]) => !Object.hasOwn(SHOWS_NO_TEXT, name)))).toEqual({})
  expect(Object.keys(SHOWS_NO_TEXT).filter((name) => !Object.hasOwn(silent, name))).toEqual([])
})

it('has a canary in every text column of every tenant table of every service', () => {
  expect(new Set(planted.tables.map((table) => table.service)).size).toBeGreaterThanOrEqual(6)
  expect(planted.empty.filter((table) => !LEFT_ALONE.has(table.split('.')[1] ?? ''))).toEqual([])
  // What is not filled takes no free text: it has words of its own.
  expect(planted.unexplained).toEqual([])
  expect(planted.filled.length).toBeGreaterThan(150)
})

const control = await attackFrom(await seedOrganization(product, 'C'), victim)
const { reached, unreached } = await findReached(control.attack, control.signIn)
await forgetRedriven(database)

it('reaches every route of the contracts with a request that it accepts', () => {
  expect(Object.fromEntries(unreached.filter(([name]) => !Object.hasOwn(EXCUSED, name)))).toEqual({})
  expect(
    Object.keys(EXCUSED).filter((name) => (reached.has(name) && !SOMETIMES.has(name)) || !operations.some((operation) => operation.name === name)),
  ).toEqual([])
})

/** Work that the organisation has planned comes due by itself, attacked or not. */
const IN_MOTION: ReadonlySet<string> = new Set(['job', 'outbox', 'unmatched_record'])

const fingerprints = async (): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {}
  for (const table of await listTenantTables(database.asAdmin)) {
    if (IN_MOTION.has(table.name.split('.')[1] ?? '')) continue
    found[table.name] = await fingerprintOf(database.asAdmin, table, victimOrganization.organizationId)
  }
  return found
}

describe('an organisation that tries everything of another', () => {
  it(
    `hears in ${REQUESTS} requests nothing of it, and of its ids what it hears of nobody's`,
    async () => {
      await service.settle()
      const before = await fingerprints()
      const promptsBefore = product.model.prompts.length
      const over: Attack[] = []
      const requestsOf = (attacks: readonly Attack[]) => attacks.reduce((sum, { requests }) => sum + requests, 0)
      let [round, sweeps] = [0, 0]
      let { attack, signIn } = await attackFrom(await nextAttacker(), victim)
      const owner = await service.signIn({ ...victimOrganization.owner, role: 'owner' })
      const cursors = await collectCursors(attack, { name: 'the victim', token: owner.token, mayAsk: () => true })
      expect(cursors.size).toBeGreaterThan(3)
      while (requestsOf([...over, attack]) < REQUESTS) {
        const isLeft = await attackRound({ attack, signIn, reached, cursors, isTried: isGuarded }, round)
        round = isLeft ? round + 1 : 0
        if (!isLeft) sweeps += 1
        if (round % ROUNDS_OF_ONE !== ROUNDS_OF_ONE - 1 && isLeft) continue
        over.push(attack)
        ;({ attack, signIn } = await attackFrom(await nextAttacker(), victim))
      }
      await askForOwn({ attack, signIn, reached, cursors, isTried: isGuarded })
      const all = [...over, attack]
      const findings = all.flatMap((each) => each.findings)
      const inconclusive = all.reduce((sum, each) => sum + each.inconclusive, 0)
      console.log(
        `seed ${SEED}: ${requestsOf(all)} requests on ${reached.size} routes, ${victim.ids.length} ids, ${round} rounds after ${sweeps} sweeps, ${inconclusive} inconclusive, ${findings.length} findings`,
      )
      expect(findings).toEqual([])
      // Limits that answer instead of the route prove nothing.
      expect(inconclusive).toBeLessThan(REQUESTS / 20)

      await service.settle()
      expect(await fingerprints()).toEqual(before)
      const prompts = product.model.prompts.slice(promptsBefore).map(({ system, user }) => system + user)
      expect(prompts.length).toBeGreaterThan(0)
      expect(prompts.filter((prompt) => canary.test(prompt))).toEqual([])
    },
    60_000 + REQUESTS * MS_PER_REQUEST,
  )

  it('hears nothing of it at the open door either, with or without a session', async () => {
    const { attack, attackers } = await attackFrom(await nextAttacker(), victim)
    // Few: an address that is tried again and again is inconclusive, as it should be.
    for (let round = 0; round < 2; round++) await attackRound({ attack, signIn: async () => attackers, reached, cursors: new Map(), isTried: isPublic }, round)
    await askForOwn({ attack, signIn: async () => attackers, reached, cursors: new Map(), isTried: isPublic })
    expect(attack.requests).toBeGreaterThan(50)
    expect(attack.findings).toEqual([])
  }, 120_000)
})

it('tells webhooks of one organisation nothing of another', () => {
  const callsOf = (secret: string) => product.receiver.calls.filter(({ path }) => path.includes(secret)).map(({ body }) => body)
  expect(callsOf('quokkaa').filter((body) => canary.test(body)).length).toBeGreaterThan(5)
  expect(callsOf('numbatb').length).toBeGreaterThan(5)
  expect(callsOf('numbatb').filter((body) => canary.test(body))).toEqual([])
})

it('prompts the model for one organisation with nothing of another', () => {
  const prompts = product.model.prompts.map(({ system, user }) => system + user)
  expect(prompts.filter((prompt) => canary.test(prompt)).length).toBeGreaterThan(0)
  expect(prompts.filter((prompt) => canary.test(prompt) && /cnry_[^a]_/i.test(prompt))).toEqual([])
})

it('writes nobody’s texts into the log of the process', () => {
  expect(product.logLines.length).toBeGreaterThan(100)
  // Without a relay the mails of the system end here, and the operator has to see whose they are.
  expect(product.logLines.filter((line) => canary.test(line) && !line.includes('No mail relay is configured'))).toEqual([])
})

it('sends to a socket of one organisation nothing of another, whatever its client asks for', async () => {
  const url = await service.app.listen({ host: '127.0.0.1', port: 0 })
  const attacker = await nextAttacker()
  const [owner, own] = [await service.signIn({ ...victimOrganization.owner }), await service.signIn({ ...attacker.owner })]
  const frames: string[] = []
  const client = openLiveClient({ url, token: own.token, after: 0 })
  client.socket.onAny((...frame) => void frames.push(JSON.stringify(frame)))
  await expect.poll(() => client.applied.length, { timeout: 15_000 }).toBeGreaterThan(5)

  const rooms = [`organization:${owner.organizationId}`, `organization:${owner.organizationId}:drafts`, `user:${owner.organizationId}:${owner.userId}`]
  for (const event of ['join', 'subscribe', 'room']) {
    const connections = client.state.connections
    client.socket.emit(event, ...rooms)
    // Whoever asks for a room is shown the door, and comes back with a new ticket.
    await expect.poll(() => client.state.connections, { timeout: 15_000 }).toBeGreaterThan(connections)
  }
  client.socket.emit('resume', { after: 3 })
  await owner.post('/contacts', { name: 'cnry_A_live' })
  await service.settle()
  const before = client.applied.length
  await own.post('/contacts', { name: 'Somebody' })
  await expect.poll(() => client.applied.length, { timeout: 15_000 }).toBeGreaterThan(before)
  client.close()
  const ids = new Set(victim.ids)
  expect(frames.filter((frame) => canary.test(frame) || Array.from(frame.matchAll(/[0-9a-f-]{36}/g)).some(([id]) => ids.has(id)))).toEqual([])
}, 90_000)
