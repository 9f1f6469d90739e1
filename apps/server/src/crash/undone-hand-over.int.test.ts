import { createClient } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing/database'
import { afterAll, expect, it } from 'vitest'
import { persist, signUp } from './a-day.fixture.ts'
import { sampled, UNDONE_HAND_OVER } from './chains.ts'
import { dieThrough, freePorts, startWorld } from './world.fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)
const PATIENCE = { timeout: 240_000, interval: 200 }

/** CRM fails to make tasks for as long as `work` lasts, and makes them afterwards: too late. */
async function whileTasksFail(work: () => Promise<void>): Promise<void> {
  await rows(`alter table crm.hand_over add constraint away check (task_ids = '{}') not valid`)
  await work()
  await rows('alter table crm.hand_over drop constraint away')
}

const chain = sampled(UNDONE_HAND_OVER)
it(`undoes a hand-over whole, and does the next one once, when it dies at ${chain.join(', ')}`, { timeout: 1_200_000 }, async () => {
  const ports = await freePorts()
  const place = { url: `http://localhost:${ports.port}`, world: crash.world }
  const program = crash.start(chain, ports, { HAND_OVER_TIMEOUT_SECONDS: '5' })
  await dieThrough(program, chain, async () => {
    const { accessToken, me } = await signUp(place, `won-${crypto.randomUUID().slice(0, 8)}@example.org`)
    const client = createClient({ baseUrl: place.url, accessToken: () => accessToken })
    const [planKey, dealKey, moveKey, repeatKey] = Array.from({ length: 4 }, () => crypto.randomUUID())
    await persist('say what happens when a deal is won', async () => {
      const [pipeline] = (await client.pipeline.listPipelines()).items
      const params = { pipelineId: pipeline?.id ?? '' }
      const body = { handOver: { ownerId: me.user.id, tasks: [{ title: 'Invoice' }] } }
      await client.pipeline.updatePipeline({ params, body, ifMatch: 1, idempotencyKey: planKey ?? '' })
    })
    const body = { title: 'Turbines', ownerId: null }
    const { id: dealId } = await persist('make a deal', () => client.crm.createDeal({ body, idempotencyKey: dealKey ?? '' }))
    const params = { dealId }
    const stateOf = async () =>
      (await rows(`select saga.state from pipeline.saga join pipeline.hand_over using (organization_id, id) where deal_id = '${dealId}' order by attempt`)).map(
        ({ state }) => state,
      )
    const left = async () =>
      (
        await rows(`select owner_id as owner, (select count(*)::int from crm.task where deal_id = deal.id and deleted_at is null) as tasks,
          (select count(*)::int from crm.event where aggregate_id = deal.id and type = 'deal.updated') as changes,
          (select count(*)::int from pipeline.event where aggregate_id = deal.id and type = 'deal.handed-over') as told,
          (select count(*)::int from pipeline.event where aggregate_id = deal.id and type = 'deal.hand-over.undone') as undone
        from crm.deal where id = '${dealId}'`)
      )[0]
    await whileTasksFail(async () => {
      await persist('win it', () => client.crm.moveDeal({ params, body: { from: 'new', stage: 'won' }, idempotencyKey: moveKey ?? '' }))
      await expect.poll(stateOf, PATIENCE).toEqual(['undoing'])
    })
    await expect.poll(stateOf, PATIENCE).toEqual(['undone'])
    const undone = await left()
    expect(undone).toEqual({ owner: null, tasks: 0, changes: expect.any(Number), told: 0, undone: 1 })
    // Given and taken back; neither where its time was over before a new start came to it.
    expect([0, 2]).toContain(undone?.['changes'])
    await persist('try again', () => client.pipeline.repeatDealHandOver({ params, idempotencyKey: repeatKey ?? '' }))
    await expect.poll(stateOf, PATIENCE).toEqual(['undone', 'done'])
    expect(await left()).toEqual({ owner: me.user.id, tasks: 1, changes: Number(undone?.['changes']) + 1, told: 1, undone: 1 })
  })
})
