import { sql } from 'kysely'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { createFlags, createMemoryAdapters, FlagStore, serviceDatabaseUrl } from '@ai-crm/platform'
import { createEventDatabase, envelopeOf, kit, stepTaken, testService } from '../events/event-fixture.ts'
import { createInProcessBus } from '../events/in-process-bus.ts'
import { definePromptGathering } from './gathering.ts'
import { openService } from './open-service.ts'

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })

interface Step {
  readonly walkId: string
  readonly step: number
  readonly eventId: string
  readonly emit: (step: number) => Promise<void>
}

/** A service that stores steps by a prompt gathering, and answers each by an event; `reads` says what a step read before it was stored. */
async function start(onStored: (step: Step) => Promise<void> = ({ emit, step }) => emit(step + 100)) {
  const [sizes, reads] = [new Array<number>(), new Map<number, number>()]
  const steps = definePromptGathering<Step, { step: number }>({
    statementOf(items) {
      sizes.push(items.length)
      return sql<{ step: number }>`insert into effect (walk_id, step, event_id)
        select "walkId", step, "eventId" from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as given ("walkId" uuid, step integer, "eventId" uuid)
        returning step`
    },
    async onStored(rows, items) {
      for (const { step } of rows) for (const item of items) if (item.step === step) await onStored(item)
    },
  })
  const started = await startWith(async ({ db, gather, emit }, { id, data }) => {
    const { walkId, step } = data
    // Every third looks first at what those before it have stored.
    if (step % 3 === 0) {
      const { rows } = await sql<{ count: number }>`select count(*)::integer as count from effect where walk_id = ${walkId}`.execute(db)
      reads.set(step, rows[0]?.count ?? -1)
    }
    gather(steps, { walkId, step, eventId: id, emit: (next) => emit(stepTaken({ walkId: uuidV7(), step: next })) })
  })
  return { ...started, sizes, reads }
}

type Handle = Parameters<typeof kit.consume<typeof stepTaken>>[0]['handle']

async function startWith(handle: Handle) {
  const consumer = kit.consume({ name: 'crm.record-steps', event: stepTaken, handle })
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
  const events = async () =>
    (await database.asAdmin("select data ->> 'step' as step, causation_id from crm.event order by (data ->> 'step')::integer")).map(
      ({ step, causation_id }) => [Number(step), causation_id],
    )
  return { database, service, events, stop: () => work.stop().then(() => service.close()) }
}

it('stores what the events of a batch bring before whatever is asked behind it, and lets what follows from it commit with it, on behalf of its own event', async () => {
  const { service, sizes, reads, events, stop } = await start()
  const [organizationId, walkId] = [uuidV7(), uuidV7()]
  const envelopes = [1, 2, 4, 5, 6, 7, 8].map((step) => envelopeOf(walkId, step, organizationId))
  await Promise.all(envelopes.map((envelope) => service.deliver(envelope)))
  // The first event alone; then those before the one that looked, which saw them, and those behind it.
  expect(sizes).toEqual([1, 3, 3])
  expect(reads).toEqual(new Map([[6, 4]]))
  expect(await events()).toEqual(envelopes.map(({ id, data }) => [(data as { step: number }).step + 100, id]))
  await stop()
})

it('keeps the order of those that share a line, and of no others', async () => {
  const asked: [string, readonly number[]][] = []
  const gathering = (name: string, line?: string) =>
    definePromptGathering<number>({
      ...(line ? { line } : {}),
      statementOf(items) {
        asked.push([name, [...items]])
        return sql`select`
      },
    })
  const [made, gone, other] = [gathering('made', 'thing'), gathering('gone', 'thing'), gathering('other')]
  const { service, stop } = await startWith(async ({ gather }) => {
    for (const [nth, one] of [made, gone, gone, other, made, other].entries()) gather(one, nth)
  })
  const organizationId = uuidV7()
  await service.deliver(envelopeOf(uuidV7(), 2, organizationId))
  expect(asked).toEqual([
    ['made', [0]],
    ['gone', [1, 2]],
    ['other', [3, 5]],
    ['made', [4]],
  ])
  await stop()
})

it('keeps nothing where what follows from a statement fails', async () => {
  const { database, service, events, stop } = await start(async ({ step, emit }) => {
    if (step === 2) throw new Error('poison')
    await emit(step + 100)
  })
  const organizationId = uuidV7()
  await Promise.all([1, 2, 4].map((step) => service.deliver(envelopeOf(uuidV7(), step, organizationId))))
  expect((await database.asAdmin('select step from crm.effect order by step')).map(({ step }) => step)).toEqual([1, 4])
  expect((await events()).map(([step]) => step)).toEqual([101, 104])
  await stop()
})
