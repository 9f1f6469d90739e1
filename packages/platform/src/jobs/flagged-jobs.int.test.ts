import type { FlagSnapshot } from '@ai-crm/contracts'
import { createMemoryAdapters, createFlags, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createEventDatabase, kit, testService, until } from '../events/event-fixture.ts'
import { createInProcessBus } from '../events/in-process-bus.ts'
import { openService } from '../runtime/open-service.ts'

const Payload = z.object({ label: z.string() })
const runs: string[] = []
const switched = kit.job({ name: 'crm.switched', payload: Payload, flag: 'webhooks', handle: async (_ctx, { label }) => void runs.push(label) })
const free = kit.job({ name: 'crm.free', payload: Payload, handle: async (_ctx, { label }) => void runs.push(label) })

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })
const database = await createEventDatabase()
const carriers = createMemoryAdapters(log)
const store = new FlagStore({ ...carriers, log })
const flags = await createFlags(store)
const [ours, theirs] = [uuidV7(), uuidV7()]
let snapshot: FlagSnapshot = { version: 0, isWhole: true, hasMore: false, settings: [], overrides: [] }
await store.start(async (after) => (after === snapshot.version ? null : snapshot))
const service = await openService({
  definition: testService({ jobs: [switched, free] }),
  environment: {},
  adapters: { ...carriers, bus: createInProcessBus() },
  flags,
  masterSecret: database.cluster.masterSecret,
  log,
  databaseLogin: (role) => serviceDatabaseUrl(database.databaseUrl, 'crm', role, database.cluster.masterSecret),
})
const work = await service.begin()
afterAll(async () => {
  await work.stop()
  await service.close()
  await flags.stop()
})

/** The installation is so from now on, in this process too. */
async function decide(parts: Partial<FlagSnapshot>): Promise<void> {
  snapshot = { ...snapshot, settings: [], overrides: [], ...parts, version: snapshot.version + 1 }
  flags.of(null).announceChange()
  await until(async () => store.known.version === snapshot.version)
}

const limits = { signal: new AbortController().signal, log }
const origin = (organizationId: string) =>
  ({ organizationId, actor: { type: 'system', id: null }, correlationId: 'test', causationId: null, depth: 0, trace: null }) as const
const enqueue = (label: string, organizationId = ours, job = switched) =>
  service.runtime.ctx(origin(organizationId), limits).write(async ({ enqueue: plan }) => plan(job, { label }, { maxAttempts: 1 }))
const rowOf = async (label: string) => (await database.asAdmin(`select status, attempts, last_error from crm.job where payload->>'label' = '${label}'`))[0]

const killed = { settings: [{ flag: 'webhooks', isKilled: true, percentage: null }] }
const offForUs = { overrides: [{ flag: 'webhooks', organizationId: ours, isOn: false }] }

beforeEach(() => decide({}))

it('touches no job while its switch is off for everybody, and goes on with it at once afterwards', async () => {
  await decide(killed)
  await enqueue('waits')
  await enqueue('does not', ours, free)
  await until(async () => runs.includes('does not'))
  expect(await rowOf('waits')).toEqual({ status: 'waiting', attempts: 0, last_error: null })
  await decide({})
  await until(async () => runs.includes('waits'))
})

it('lets jobs of an organisation that switched it off wait, and those of others run', async () => {
  await decide(offForUs)
  await enqueue('ours')
  await enqueue('theirs', theirs)
  await until(async () => runs.includes('theirs'))
  // Its only attempt is still before it.
  await until(async () => (await rowOf('ours'))?.['last_error'] !== null)
  expect(await rowOf('ours')).toMatchObject({ status: 'waiting', attempts: 0 })
  expect(runs).not.toContain('ours')
  await decide({})
  await until(async () => runs.includes('ours'))
})

it('goes on waiting when some other flag changes', async () => {
  await decide(offForUs)
  await enqueue('patient')
  await until(async () => (await rowOf('patient'))?.['last_error'] !== null)
  await decide({ ...offForUs, settings: [{ flag: 'ai-drafts', isKilled: true, percentage: null }] })
  await enqueue('after', theirs)
  await until(async () => runs.includes('after'))
  expect(runs).not.toContain('patient')
  expect(await rowOf('patient')).toMatchObject({ status: 'waiting', attempts: 0 })
})
