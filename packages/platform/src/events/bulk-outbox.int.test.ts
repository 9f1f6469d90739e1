import { createFlags, createMemoryAdapters, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import type { PendingEvent } from '@ai-crm/contracts'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { openService } from '../runtime/open-service.ts'
import { createEventDatabase, recordSteps, stepTaken, testService, until } from './event-fixture.ts'
import { createInProcessBus } from './in-process-bus.ts'
import { subscriptionOf } from './start-consumers.ts'

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })

/** A service, what it has published in its order, and who writes in it; the bus takes nothing before `open`. */
async function start() {
  const database = await createEventDatabase()
  const definition = testService({ consumers: [recordSteps()] })
  const [published, gate] = [new Array<string>(), Promise.withResolvers<void>()]
  const bus = createInProcessBus()
  await bus.declare([subscriptionOf(definition)])
  const carriers = createMemoryAdapters(log)
  const service = await openService({
    definition,
    environment: {},
    adapters: {
      ...carriers,
      bus: {
        ...bus,
        async publish(envelope) {
          await gate.promise
          const { walkId, step } = stepTaken.data.parse(envelope.data)
          published.push(`${walkId}/${step}`)
          return bus.publish(envelope)
        },
      },
    },
    flags: await createFlags(new FlagStore({ ...carriers, log })),
    masterSecret: database.cluster.masterSecret,
    log,
    databaseLogin: (role) => serviceDatabaseUrl(database.databaseUrl, 'crm', role, database.cluster.masterSecret),
  })
  const ctx = service.runtime.ctx(
    { organizationId: uuidV7(), actor: { type: 'system', id: null }, correlationId: 'bulk', causationId: null, depth: 0, trace: null },
    { signal: new AbortController().signal, log },
  )
  const inBulk = (events: readonly PendingEvent[]) => ctx.write(({ emitInBulk }) => emitInBulk(events))
  const together = (events: readonly PendingEvent[]) => ctx.write(({ emitAll }) => emitAll(events))
  const alone = (event: PendingEvent) => ctx.write(({ emit }) => emit(event))
  const isDrained = async () => (await database.asAdmin('select 1 from crm.outbox limit 1')).length === 0
  return { published, inBulk, together, alone, isDrained, open: gate.resolve, begin: () => service.begin() }
}

const walks = (count: number) => Array.from({ length: count }, () => uuidV7())

it('publishes what comes alone before what waits in bulk, and all of it', async () => {
  const { published, inBulk, alone, isDrained, open, begin } = await start()
  const many = walks(3_000)
  await inBulk(many.map((walkId) => stepTaken({ walkId, step: 1 })))
  open()
  const work = await begin()
  const single = uuidV7()
  await alone(stepTaken({ walkId: single, step: 1 }))
  await until(isDrained, 30_000)
  expect(published.indexOf(`${single}/1`)).toBeLessThan(600)
  expect(new Set(published).size).toBe(3_001)
  expect(published.length).toBe(3_001)
  await work.stop()
})

it('keeps the order of an aggregate whose events come in bulk, alone and in bulk again', async () => {
  const { published, inBulk, alone, isDrained, open, begin } = await start()
  const many = walks(1_500)
  const [first, last] = [many[0] ?? '', many.at(-1) ?? '']
  const work = await begin()
  await inBulk(many.map((walkId) => stepTaken({ walkId, step: 1 })))
  for (const walkId of [last, first]) await alone(stepTaken({ walkId, step: 2 }))
  await inBulk(many.map((walkId) => stepTaken({ walkId, step: 3 })))
  for (const walkId of [last, first]) await alone(stepTaken({ walkId, step: 4 }))
  open()
  await until(isDrained, 30_000)
  const stepsOf = (walkId: string) => published.filter((each) => each.startsWith(walkId)).map((each) => Number(each.slice(walkId.length + 1)))
  for (const walkId of [first, last]) expect(stepsOf(walkId)).toEqual([1, 2, 3, 4])
  for (const walkId of many.slice(1, -1)) expect(stepsOf(walkId)).toEqual([1, 3])
  await work.stop()
})

it('goes on with what is in bulk while more events come alone than there is room for', async () => {
  const { published, inBulk, together, isDrained, open, begin } = await start()
  const many = walks(1_200)
  await inBulk(many.map((walkId) => stepTaken({ walkId, step: 1 })))
  await together(many.map((walkId) => stepTaken({ walkId, step: 2 })))
  open()
  const work = await begin()
  await until(isDrained, 30_000)
  for (const walkId of many) expect(published.indexOf(`${walkId}/1`)).toBeLessThan(published.indexOf(`${walkId}/2`))
  expect(published.length).toBe(2_400)
  await work.stop()
})
