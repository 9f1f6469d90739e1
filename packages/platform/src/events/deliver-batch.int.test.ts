import { v7 as uuidV7 } from 'uuid'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createFlags, createMemoryAdapters, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import { openService } from '../runtime/open-service.ts'
import { createInProcessBus } from './in-process-bus.ts'
import { createEventDatabase, envelopeOf, recordedSteps, recordSteps, testService } from './event-fixture.ts'

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })

async function start(consumer = recordSteps()) {
  const database = await createEventDatabase()
  const carriers = createMemoryAdapters(log)
  const service = await openService({
    definition: testService({ consumers: [consumer] }),
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
  await Promise.all(Array.from({ length: 40 }, (_, index) => service.deliver(envelopeOf(walkId, index + 1, organizationId))))
  expect(await recordedSteps(database, walkId)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
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
