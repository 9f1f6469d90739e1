import { createFlags, createMemoryAdapters, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import type { TestDatabase } from '@ai-crm/testing'
import type { Envelope } from '@ai-crm/contracts'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, expect, it } from 'vitest'
import type { Bus } from '../adapters.ts'
import { openService, type OpenedService } from '../runtime/open-service.ts'
import { checkDeliveries, type DeliveryReport } from './delivery-check.ts'
import { createEventDatabase, recordSteps, stepTaken, testService, until } from './event-fixture.ts'
import { createInProcessBus } from './in-process-bus.ts'
import { subscriptionOf } from './start-consumers.ts'

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })
const organizationId = uuidV7()

interface Replica {
  readonly service: OpenedService
  stop(): Promise<void>
}

/** One process of the service: its own relay, consumers and bus, as `wrap` changes it. */
async function startReplica(database: TestDatabase, wrap: (bus: Bus) => Bus = (bus) => bus): Promise<Replica> {
  const definition = testService({ consumers: [recordSteps()] })
  const bus = wrap(createInProcessBus())
  await bus.declare([subscriptionOf(definition)])
  const carriers = createMemoryAdapters(log)
  const service = await openService({
    definition,
    environment: {},
    adapters: { ...carriers, bus },
    flags: await createFlags(new FlagStore({ ...carriers, log })),
    masterSecret: database.cluster.masterSecret,
    log,
    databaseLogin: (role) => serviceDatabaseUrl(database.databaseUrl, 'crm', role, database.cluster.masterSecret),
  })
  const work = await service.begin()
  let stopping: Promise<void> | null = null
  const stop = () => (stopping ??= work.stop().then(() => service.close()))
  afterAll(stop)
  return { service, stop }
}

/** Emits the steps of a walk one transaction after another, for many walks at once. */
async function emitWalks(replicas: readonly Replica[], walks: number, steps: number): Promise<Map<string, number>> {
  const published = new Map(Array.from({ length: walks }, () => [uuidV7(), steps]))
  const limits = { signal: new AbortController().signal, log }
  const origin = { organizationId, actor: { type: 'system', id: null }, correlationId: 'chaos', causationId: null, depth: 0, trace: null } as const
  await Promise.all(
    [...published.keys()].map(async (walkId, index) => {
      const ctx = replicas[index % replicas.length]?.service.runtime.ctx(origin, limits)
      for (let step = 1; step <= steps; step++) await ctx?.write(async ({ emit }) => emit(stepTaken({ walkId, step })))
    }),
  )
  return published
}

async function reportOf(database: TestDatabase, published: ReadonlyMap<string, number>): Promise<DeliveryReport> {
  const rows = await database.asAdmin('select walk_id, step from crm.effect order by position')
  return checkDeliveries(
    published,
    rows.map((row) => ({ aggregateId: String(row['walk_id']), step: Number(row['step']) })),
  )
}

const isDrained = (database: TestDatabase) => async () =>
  (await database.asAdmin('select 1 from crm.outbox union all select 1 from crm.parked_event limit 1')).length === 0

/** Ends the relays' sessions at random moments, as a crash of their processes does. */
async function killRelaysWhile(database: TestDatabase, work: Promise<unknown>): Promise<number> {
  let kills = 0
  let isOver = false
  void work.finally(() => (isOver = true)).catch(() => {})
  while (!isOver || kills < 3) {
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 150))
    kills += (
      await database.asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'crm relay'`)
    ).length
  }
  return kills
}

it('loses, repeats and reorders nothing while two relays lose their sessions between publishing and deleting', { timeout: 60_000 }, async () => {
  const database = await createEventDatabase()
  const replicas = [await startReplica(database), await startReplica(database)]
  const emitting = emitWalks(replicas, 30, 30)
  expect(await killRelaysWhile(database, emitting)).toBeGreaterThan(2)
  const published = await emitting
  await until(isDrained(database), 30_000)
  expect(await reportOf(database, published)).toEqual({ lost: [], outOfOrder: [], repeats: 0 })
})

it('publishes again what a crash left published but not deleted, and the inbox absorbs it', async () => {
  const database = await createEventDatabase()
  let publications = 0
  let isAway = true
  const count = (bus: Bus): Bus => ({
    ...bus,
    publish: (envelope) => (isAway ? Promise.reject(new Error('away')) : ((publications += 1), bus.publish(envelope))),
  })
  const first = await startReplica(database, count)
  const published = await emitWalks([first], 3, 2)
  await database.asAdmin('revoke delete on crm.outbox from crm_relay')
  isAway = false
  await until(async () => (await reportOf(database, published)).lost.length === 0)
  expect(publications).toBe(6)
  await first.stop()

  await startReplica(database, count)
  await until(async () => publications === 12)
  await database.asAdmin('grant delete on crm.outbox to crm_relay')
  await until(isDrained(database))
  expect(await reportOf(database, published)).toEqual({ lost: [], outOfOrder: [], repeats: 0 })
})

it('lets another replica take over within seconds when the relay that held the partitions ends', async () => {
  const database = await createEventDatabase()
  const first = await startReplica(database)
  const second = await startReplica(database)
  await emitWalks([first], 16, 1)
  await first.stop()
  const published = await emitWalks([second], 32, 1)
  await until(isDrained(database))
  expect((await reportOf(database, published)).lost).toEqual([])
})

it('keeps the outbox while the bus refuses, and empties it when the bus is back', async () => {
  const database = await createEventDatabase()
  let isAway = true
  const replica = await startReplica(database, (bus) => ({
    ...bus,
    publish: (envelope) => (isAway ? Promise.reject(new Error('away')) : bus.publish(envelope)),
  }))
  const published = await emitWalks([replica], 5, 4)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await database.asAdmin('select count(*)::int as waiting from crm.outbox')).toEqual([{ waiting: 20 }])
  isAway = false
  await until(isDrained(database))
  expect(await reportOf(database, published)).toEqual({ lost: [], outOfOrder: [], repeats: 0 })
})

// Bugs that others have shipped, seeded here: the check above must see each of them (reliability part 3 A, contract 42).
const BUGS: readonly [string, (bus: Bus) => Bus, string, (report: DeliveryReport) => boolean][] = [
  [
    'marking before the confirm: a crash forgets what was on its way',
    (bus) => ({ ...bus, publish: async (envelope) => void setTimeout(() => (Math.random() < 0.7 ? bus.publish(envelope).catch(() => {}) : undefined), 5) }),
    '',
    (report) => report.lost.length > 0,
  ],
  [
    'handing over out of turn',
    (bus) => ({ ...bus, publish: async (envelope) => void setTimeout(() => bus.publish(envelope).catch(() => {}), 100 * Math.random()) }),
    '',
    (report) => report.outOfOrder.length > 0,
  ],
  [
    'no inbox',
    (bus) => ({ ...bus, publish: (envelope: Envelope) => bus.publish(envelope).then(() => bus.publish(envelope)) }),
    `create function crm.forget() returns trigger language plpgsql as $$ begin delete from crm.inbox where event_id = new.event_id; return null; end $$;
     create trigger forget after insert on crm.inbox for each row execute function crm.forget()`,
    (report) => report.repeats > 0,
  ],
]

it.each(BUGS)('would see the bug: %s', async (_bug, seed, sql, isSeen) => {
  const database = await createEventDatabase()
  if (sql) await database.asAdmin(sql)
  const replica = await startReplica(database, seed)
  const published = await emitWalks([replica], 10, 10)
  await until(isDrained(database))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(isSeen(await reportOf(database, published))).toBe(true)
})

it('lets no later event of an aggregate pass one that an ended session had left waiting in its line', async () => {
  const database = await createEventDatabase()
  const published: number[] = []
  const firstAsked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const replica = await startReplica(database, (bus) => ({
    ...bus,
    async publish(envelope) {
      const { step } = stepTaken.data.parse(envelope.data)
      if (step === 1) firstAsked.resolve()
      await gate.promise
      if (published.at(-1) !== step) published.push(step)
      return bus.publish(envelope)
    },
  }))
  const ctx = replica.service.runtime.ctx(
    { organizationId, actor: { type: 'system', id: null }, correlationId: 'line', causationId: null, depth: 0, trace: null },
    { signal: new AbortController().signal, log },
  )
  const walkId = uuidV7()
  await ctx.write(async ({ emit }) => {
    for (const step of [1, 2]) await emit(stepTaken({ walkId, step }))
  })
  await firstAsked.promise
  const sessions = () => database.asAdmin(`select pid from pg_stat_activity where datname = current_database() and application_name = 'crm relay'`)
  const [ended] = await sessions()
  await database.asAdmin(`select pg_terminate_backend(${Number(ended?.['pid'])})`)
  await ctx.write(async ({ emit }) => emit(stepTaken({ walkId, step: 3 })))
  await until(async () => (await sessions()).some(({ pid }) => pid !== ended?.['pid']))
  // Longer than a poll: the new session has looked into the outbox meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  gate.resolve()
  await until(isDrained(database))
  expect(published.filter((step, index) => published.indexOf(step) === index)).toEqual([1, 2, 3])
})

it('publishes nothing twice, however much is confirmed while what was published is deleted', async () => {
  const database = await createEventDatabase()
  const publications: string[] = []
  const replica = await startReplica(database, (bus) => ({ ...bus, publish: (envelope) => (publications.push(envelope.id), bus.publish(envelope)) }))
  const published = await emitWalks([replica], 60, 40)
  await until(isDrained(database), 30_000)
  expect(publications.length - new Set(publications).size).toBe(0)
  expect(await reportOf(database, published)).toEqual({ lost: [], outOfOrder: [], repeats: 0 })
})
