import { sql } from 'kysely'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createFlags, createMemoryAdapters, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import { createEventDatabase, envelopeOf, kit, recordedSteps, stepTaken, testService } from '../events/event-fixture.ts'
import { createInProcessBus } from '../events/in-process-bus.ts'
import type { Job } from '../jobs/job.ts'
import { defineGathering } from './gathering.ts'
import { openService } from './open-service.ts'

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })

interface Step {
  readonly walkId: string
  readonly step: number
  readonly eventId: string
}
const later: Job<number> = { name: 'crm.later', payload: z.number() }

/** A service that gathers its effects; how many each statement had, and what was told once all had committed. */
async function start(before: (step: Step) => void = () => {}, sizeOf = (_step: Step) => 0) {
  const [sizes, told] = [new Array<number>(), new Array<unknown>()]
  const steps = defineGathering<Step, { step: number }>({
    statementOf(items) {
      sizes.push(items.length)
      return sql<{ step: number }>`insert into effect (walk_id, step, event_id)
        select "walkId", step, "eventId" from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as given ("walkId" uuid, step integer, "eventId" uuid)
        returning step`
    },
    sizeOf,
    onCommitted: (rows, items) => void told.push([rows.map(({ step }) => step), items.map(({ step }) => step)]),
  })
  const consumer = kit.consume({
    name: 'crm.record-steps',
    event: stepTaken,
    async handle({ gather, enqueue }, event) {
      const step = { ...event.data, eventId: event.id }
      before(step)
      gather(steps, step)
      await enqueue(later, step.step, { key: 'one', runAt: new Date('2100-01-01') })
      await enqueue(later, step.step, { key: 'kept', keepsWaiting: true, runAt: new Date('2100-01-01') })
      await enqueue(later, step.step, { runAt: new Date('2100-01-01') })
    },
  })
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
  return { database, service, sizes, told, stop: () => work.stop().then(() => service.close()) }
}

it('stores what the events of a batch bring by one statement, in their order, and hands its rows over after the commit', async () => {
  const { database, service, sizes, told, stop } = await start()
  const [organizationId, walkId] = [uuidV7(), uuidV7()]
  await Promise.all([1, 2, 3, 4, 5].map((step) => service.deliver(envelopeOf(walkId, step, organizationId))))
  expect(await recordedSteps(database, walkId)).toEqual([1, 2, 3, 4, 5])
  // What came while the first was in work is the second batch.
  expect(sizes).toEqual([1, 4])
  expect(told).toEqual([
    [[1], [1]],
    [
      [2, 3, 4, 5],
      [2, 3, 4, 5],
    ],
  ])
  await stop()
})

it('takes several statements for what is too much for one', async () => {
  const { database, service, sizes, stop } = await start(undefined, () => 150_000)
  const [organizationId, walkId] = [uuidV7(), uuidV7()]
  await Promise.all([1, 2, 3, 4, 5, 6].map((step) => service.deliver(envelopeOf(walkId, step, organizationId))))
  expect(await recordedSteps(database, walkId)).toEqual([1, 2, 3, 4, 5, 6])
  expect(sizes).toEqual([1, 2, 2, 1])
  await stop()
})

it('keeps and tells nothing of a batch that fails, and everything of those in it that do not', async () => {
  const { database, service, told, stop } = await start(({ step }) => {
    if (step === 3) throw new Error('poison')
  })
  const organizationId = uuidV7()
  await Promise.all([1, 2, 3, 4].map((step) => service.deliver(envelopeOf(uuidV7(), step, organizationId))))
  expect((await database.asAdmin('select step from crm.effect order by step')).map(({ step }) => step)).toEqual([1, 2, 4])
  expect(told.flatMap((each) => (each as [number[]])[0]).toSorted()).toEqual([1, 2, 4])
  await stop()
})

it('plans a job of a key once for all of a batch: the last of those that replace, the first of those that keep, and every one without a key', async () => {
  const { database, service, stop } = await start()
  const [organizationId, walkId] = [uuidV7(), uuidV7()]
  await Promise.all([1, 2, 3, 4].map((step) => service.deliver(envelopeOf(walkId, step, organizationId))))
  const jobs = await database.asAdmin(
    "select coalesce(key, '-') as key, array_agg(payload order by payload) as payloads from crm.job where name = 'crm.later' group by 1 order by 1",
  )
  expect(jobs).toEqual([
    { key: '-', payloads: [1, 2, 3, 4] },
    { key: 'kept', payloads: [1] },
    { key: 'one', payloads: [4] },
  ])
  await stop()
})
