import { startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { createEventDatabase, kit, recordedSteps, recordSteps, stepTaken, testService, until } from './event-fixture.ts'

const organizationId = uuidV7()
const database = await createEventDatabase()
const failing = new Set<number>()
const handledSteps: number[] = []
const service = testService({
  consumers: [
    recordSteps(async ({ data }) => {
      handledSteps.push(data.step)
      if (failing.has(data.step)) throw new Error(`step ${data.step} fails`)
    }),
  ],
})
const crm = await startService(service, { database })

/** Retries happen at once instead of after their backoff. */
const hurry = () => database.asAdmin("update crm.parked_event set next_attempt_at = now() where status = 'waiting' and next_attempt_at > now()")
const parked = (walkId: string) =>
  database.asAdmin(
    `select event_id, status, attempts, (envelope->'data'->>'step')::int as step from crm.parked_event where aggregate_id = '${walkId}' order by aggregate_version`,
  )

it('stores an event with its transaction and brings it to its consumer once', async () => {
  const walkId = uuidV7()
  await crm.ctx(organizationId).write(async ({ emit }) => emit(stepTaken({ walkId, step: 1 })))
  await crm.settle()
  expect(await recordedSteps(database, walkId)).toEqual([1])
  const [envelope] = await crm.emitted(stepTaken, organizationId)
  expect(envelope).toMatchObject({ organizationId, aggregate: { type: 'walk', id: walkId, version: 1 }, depth: 0, data: { walkId, step: 1 } })
})

it('stores nothing when the transaction fails', async () => {
  const walkId = uuidV7()
  const work = crm.ctx(organizationId).write(async ({ emit }) => {
    await emit(stepTaken({ walkId, step: 1 }))
    throw new Error('changed my mind')
  })
  await expect(work).rejects.toThrow('changed my mind')
  expect(await database.asAdmin(`select 1 from crm.event where aggregate_id = '${walkId}'`)).toEqual([])
})

it('numbers the events of an aggregate without gaps, also when many transactions emit for it at once', async () => {
  const walkId = uuidV7()
  await Promise.all(Array.from({ length: 20 }, (_, step) => crm.ctx(organizationId).write(async ({ emit }) => emit(stepTaken({ walkId, step })))))
  await crm.settle()
  const rows = await database.asAdmin(`select aggregate_version as version from crm.event where aggregate_id = '${walkId}' order by aggregate_version`)
  expect(rows.map((row) => row['version'])).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect((await recordedSteps(database, walkId)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, step) => step))
})

it('has one effect when an event is delivered again, also at the same time', async () => {
  const walkId = uuidV7()
  const meta = { organizationId, id: uuidV7() }
  await Promise.all([1, 2, 3].map(() => crm.deliver(stepTaken({ walkId, step: 1 }), meta)))
  expect(await recordedSteps(database, walkId)).toEqual([1])
})

it('keeps later events of an aggregate behind one that fails, and continues in order', async () => {
  const walkId = uuidV7()
  failing.add(101)
  for (const step of [101, 102, 103]) await crm.deliver(stepTaken({ walkId, step }), { organizationId, aggregateVersion: step })
  // How often the first was tried again by now is the machine's business.
  expect(await parked(walkId)).toMatchObject([
    { step: 101, status: 'waiting' },
    { step: 102, status: 'blocked', attempts: 0 },
    { step: 103, status: 'blocked', attempts: 0 },
  ])
  failing.delete(101)
  await until(async () => (await parked(walkId)).length === 0)
  expect(await recordedSteps(database, walkId)).toEqual([101, 102, 103])
})

it('lets other aggregates pass meanwhile', async () => {
  const [stuck, free] = [uuidV7(), uuidV7()]
  failing.add(201)
  await crm.deliver(stepTaken({ walkId: stuck, step: 201 }), { organizationId })
  await crm.deliver(stepTaken({ walkId: free, step: 202 }), { organizationId })
  expect(await recordedSteps(database, free)).toEqual([202])
  failing.delete(201)
  await until(async () => (await parked(stuck)).length === 0)
})

it('makes an event a dead letter after 5 attempts, lets its successors pass, and redrives it once', async () => {
  const walkId = uuidV7()
  const agent = await crm.signIn({ role: 'admin', organizationId })
  failing.add(301)
  const { id } = await crm.deliver(stepTaken({ walkId, step: 301 }), { organizationId, aggregateVersion: 1 })
  await crm.deliver(stepTaken({ walkId, step: 302 }), { organizationId, aggregateVersion: 2 })
  await until(async () => (await hurry(), (await parked(walkId))[0]?.['status'] === 'dead'), 15_000)
  await until(async () => (await recordedSteps(database, walkId)).includes(302))
  expect(handledSteps.filter((step) => step === 301)).toHaveLength(5)

  const list = await agent.get('/operations/crm/dead-letters')
  expect(list.body.items).toMatchObject([{ consumer: 'crm.record-steps', eventId: id, attempts: 5, reason: 'Error: step 301 fails' }])

  failing.delete(301)
  const path = `/operations/crm/dead-letters/crm.record-steps/${id}/redrive`
  expect((await agent.post(path)).status).toBe(202)
  expect((await agent.post(path)).status).toBeOneOf([202, 404])
  await until(async () => (await parked(walkId)).length === 0)
  expect(await recordedSteps(database, walkId)).toEqual([302, 301])
})

it('hides dead letters from other organisations and from who lacks the permission', async () => {
  const { id } = await crm.deliver({ ...stepTaken({ walkId: uuidV7(), step: 1 }), data: { walkId: 'none' } }, { organizationId })
  const [stranger, viewer] = [await crm.signIn({ role: 'admin' }), await crm.signIn({ role: 'viewer', organizationId })]
  const path = `/operations/crm/dead-letters/crm.record-steps/${id}/redrive`
  expect((await stranger.get('/operations/crm/dead-letters')).body.items).toEqual([])
  expect((await stranger.post(path)).status).toBe(404)
  expect((await viewer.get('/operations/crm/dead-letters')).status).toBe(403)
  expect((await viewer.post(path)).status).toBe(403)
})

it('pages dead letters by key', async () => {
  const elsewhere = uuidV7()
  for (let count = 0; count < 3; count++) await crm.deliver({ ...stepTaken({ walkId: uuidV7(), step: 1 }), data: {} }, { organizationId: elsewhere })
  const agent = await crm.signIn({ role: 'admin', organizationId: elsewhere })
  const first = await agent.get('/operations/crm/dead-letters?limit=2')
  const second = await agent.get(`/operations/crm/dead-letters?limit=2&cursor=${first.body.nextCursor}`)
  expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([2, 1, null])
})

it.each([
  ['data that breaks the contract', (walkId: string) => ({ ...stepTaken({ walkId, step: 1 }), data: { walkId, step: 'one' } }), 'crm.record-steps'],
  ['an unknown type', (walkId: string) => ({ ...stepTaken({ walkId, step: 1 }), type: 'nobody.knows' }), 'crm.unknown-event'],
  ['an unknown version', (walkId: string) => ({ ...stepTaken({ walkId, step: 1 }), version: 9 }), 'crm.unknown-event'],
])('keeps %s as a dead letter instead of dropping it', async (_what, eventOf, consumer) => {
  const walkId = uuidV7()
  await crm.deliver(eventOf(walkId), { organizationId })
  expect(await database.asAdmin(`select consumer, status from crm.parked_event where aggregate_id = '${walkId}'`)).toEqual([{ consumer, status: 'dead' }])
  expect(await recordedSteps(database, walkId)).toEqual([])
})

it('refuses a chain of more than 16 causes as a loop', async () => {
  const walkId = uuidV7()
  const echo = await startService(
    testService({
      consumers: [
        kit.consume({
          name: 'crm.echo',
          event: stepTaken,
          handle: async ({ emit }, { data }) => emit(stepTaken({ walkId: data.walkId, step: data.step + 1 })),
        }),
      ],
    }),
    { database: await createEventDatabase() },
  )
  await echo.ctx(organizationId).write(async ({ emit }) => emit(stepTaken({ walkId, step: 0 })))
  await until(async () => (await echo.database.asAdmin("select 1 from crm.parked_event where status = 'dead'")).length === 1)
  const envelopes = await echo.emitted(stepTaken)
  expect(envelopes.map(({ depth }) => depth)).toEqual(Array.from({ length: 18 }, (_, depth) => depth))
  expect(envelopes[1]).toMatchObject({ causationId: envelopes[0]?.id, correlationId: envelopes[0]?.correlationId })
})

it('works for the organisation of the envelope only', async () => {
  const [walkId, other] = [uuidV7(), uuidV7()]
  await crm.deliver(stepTaken({ walkId, step: 1 }), { organizationId: other })
  expect(await database.asAdmin(`select organization_id from crm.effect where walk_id = '${walkId}'`)).toEqual([{ organization_id: other }])
})
