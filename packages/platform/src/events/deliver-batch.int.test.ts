import { v7 as uuidV7 } from 'uuid'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createFlags, createMemoryAdapters, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import { openService } from '../runtime/open-service.ts'
import { createInProcessBus } from './in-process-bus.ts'
import type { ServiceDefinition } from '../service.ts'
import { createEventDatabase, envelopeOf, kit, recordedSteps, recordSteps, stepTaken, testService } from './event-fixture.ts'

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })

async function start(consumer = recordSteps(), parts: Pick<ServiceDefinition, 'handlesAggregatesSideBySide'> = {}) {
  const database = await createEventDatabase()
  const carriers = createMemoryAdapters(log)
  const service = await openService({
    definition: { ...testService({ consumers: [consumer] }), ...parts },
    environment: {},
    adapters: { ...carriers, bus: createInProcessBus() },
    flags: await createFlags(new FlagStore({ ...carriers, log })),
    masterSecret: database.cluster.masterSecret,
    log,
    databaseLogin: (role) => serviceDatabaseUrl(database.databaseUrl, 'crm', role, database.cluster.masterSecret),
  })
  const work = await service.begin()
  return { database, service, stop: () => work.stop().then(() => service.close()) }
}

const transactionsOf = 'select count(distinct xmin::text)::int as transactions from crm.effect'

it('handles what waits for one organisation in few transactions, in order', async () => {
  const { database, service, stop } = await start()
  const [organizationId, walkId] = [uuidV7(), uuidV7()]
  await Promise.all(Array.from({ length: 200 }, (_, index) => service.deliver(envelopeOf(walkId, index + 1, organizationId))))
  expect(await recordedSteps(database, walkId)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  expect(await database.asAdmin(transactionsOf)).toEqual([{ transactions: 3 }])
  await stop()
})

it('never mixes organisations in one transaction', async () => {
  const { database, service, stop } = await start()
  const organizations = [uuidV7(), uuidV7(), uuidV7()]
  await Promise.all(organizations.flatMap((organizationId) => [1, 2, 3, 4].map((step) => service.deliver(envelopeOf(organizationId, step, organizationId)))))
  expect(await database.asAdmin('select 1 from crm.effect group by xmin::text having count(distinct organization_id) > 1')).toEqual([])
  expect(await database.asAdmin('select walk_id from crm.effect where walk_id <> organization_id')).toEqual([])
  await stop()
})

it('parks only the event that fails: the others of its batch take effect once', async () => {
  const consumer = recordSteps(async ({ data }) => {
    if (data.step === 3) throw new Error('poison')
  })
  const { database, service, stop } = await start(consumer)
  const organizationId = uuidV7()
  const walks = Array.from({ length: 8 }, () => uuidV7())
  await Promise.all(walks.map((walkId, index) => service.deliver(envelopeOf(walkId, index === 5 ? 3 : 1, organizationId))))
  expect(await database.asAdmin('select count(*)::int as effects, count(distinct event_id)::int as events from crm.effect')).toEqual([
    { effects: 7, events: 7 },
  ])
  expect(await database.asAdmin("select aggregate_id from crm.parked_event where status <> 'dead'")).toEqual([{ aggregate_id: walks[5] }])
  await stop()
})

it('has no effect when told again, in a batch or alone', async () => {
  const { database, service, stop } = await start()
  const organizationId = uuidV7()
  const events = [1, 2, 3].map((step) => envelopeOf(uuidV7(), step, organizationId))
  for (const repeat of [events, events, [...events, ...events]]) await Promise.all(repeat.map((event) => service.deliver(event)))
  expect(await database.asAdmin('select count(*)::int as effects from crm.effect')).toEqual([{ effects: 3 }])
  await stop()
})

it('runs aggregates side by side where the service says that they do not meet, and each aggregate in its order', async () => {
  const [opener, ...walks] = Array.from({ length: 6 }, () => uuidV7())
  const begun = new Set<string>()
  const opened = Promise.withResolvers<void>()
  const allBegun = Promise.withResolvers<void>()
  const consumer = recordSteps(async ({ data }) => {
    if (data.walkId === opener) return opened.promise
    begun.add(data.walkId)
    if (begun.size === walks.length) allBegun.resolve()
    // Nobody goes on before all others have begun.
    await allBegun.promise
  })
  const { database, service, stop } = await start(consumer, { handlesAggregatesSideBySide: true })
  const organizationId = uuidV7()
  // While this one is in work, what comes becomes one batch.
  const first = service.deliver(envelopeOf(String(opener), 1, organizationId))
  const rest = [1, 2, 3].flatMap((step) => walks.map((walkId) => service.deliver(envelopeOf(walkId, step, organizationId))))
  opened.resolve()
  await Promise.all([first, ...rest])
  for (const walkId of walks) expect(await recordedSteps(database, walkId)).toEqual([1, 2, 3])
  expect(await database.asAdmin(transactionsOf)).toEqual([{ transactions: 2 }])
  await stop()
})

it('keeps nothing of a handler that ran on an event which was handled before, whatever the handler says', async () => {
  let isRepeat = false
  const consumer = recordSteps(async () => {
    if (isRepeat) throw new Error('what it finds is no longer as it expects')
  })
  const { database, service, stop } = await start(consumer)
  const event = envelopeOf(uuidV7(), 1, uuidV7())
  await service.deliver(event)
  isRepeat = true
  await service.deliver(event)
  expect(await database.asAdmin('select count(*)::int as effects from crm.effect')).toEqual([{ effects: 1 }])
  expect(await database.asAdmin('select count(*)::int as parked from crm.parked_event')).toEqual([{ parked: 0 }])
  await stop()
})

it('runs a statement that nobody waits for in its turn, and fails with it', async () => {
  const consumer = kit.consume({
    name: 'crm.record-steps',
    event: stepTaken,
    async handle({ db, run }, { id, data }) {
      run(db.insertInto('effect').values({ ...data, eventId: id }))
      const { seen } = await db
        .selectFrom('effect')
        .select(({ fn }) => fn.countAll<number>().as('seen'))
        .where('walkId', '=', data.walkId)
        .executeTakeFirstOrThrow()
      run(
        db
          .updateTable('effect')
          .set({ step: 10 / (2 - seen) })
          .where('walkId', '=', data.walkId),
      )
    },
  })
  const { database, service, stop } = await start(consumer)
  const [walkId, organizationId] = [uuidV7(), uuidV7()]
  await service.deliver(envelopeOf(walkId, 1, organizationId))
  expect(await recordedSteps(database, walkId)).toEqual([10])
  // The second finds two rows and divides by nothing: undone, and parked with its reason.
  await service.deliver(envelopeOf(walkId, 2, organizationId))
  expect(await recordedSteps(database, walkId)).toEqual([10])
  expect(await database.asAdmin("select count(*)::int as parked from crm.parked_event where status = 'waiting'")).toEqual([{ parked: 1 }])
  await stop()
})
