import { startService } from '@ai-crm/testing'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createEventDatabase, kit, testService, until } from '../events/event-fixture.ts'

const Payload = z.object({ label: z.string() })
const runs: { label: string; organizationId: string }[] = []
const failing = new Set<string>()
const gates = new Map<string, Promise<void>>()
let running = 0
let mostAtOnce = 0

const note = kit.job({
  name: 'crm.note',
  payload: Payload,
  concurrency: 2,
  async handle(ctx, { label }) {
    running += 1
    mostAtOnce = Math.max(mostAtOnce, running)
    try {
      await gates.get(label)
      if (failing.has(label)) throw new Error(`${label} fails`)
      runs.push({ label, organizationId: ctx.organizationId })
    } finally {
      running -= 1
    }
  },
})
const hang = kit.job({
  name: 'crm.hang',
  payload: Payload,
  timeoutMs: 100,
  handle: (ctx) => new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason))),
})

const told: string[] = []
const doomed = kit.job({
  name: 'crm.doomed',
  payload: Payload,
  handle: () => Promise.reject(new Error('in vain')),
  giveUp: async (_ctx, { label }) => void told.push(label),
})

const database = await createEventDatabase()
const service = testService({ jobs: [note, hang, doomed] })
const crm = await startService(service, { database })
const organizationId = uuidV7()
const enqueue = (label: string, options = {}) => crm.ctx(organizationId).write(async ({ enqueue: plan }) => plan(note, { label }, options))
const labels = () => runs.map(({ label }) => label)
const jobs = (label: string) => database.asAdmin(`select status, attempts, last_error from crm.job where payload->>'label' = '${label}'`)

it('runs a job for the organisation that enqueued it, once its transaction has committed', async () => {
  await enqueue('a')
  await until(async () => labels().includes('a'))
  expect(runs.find(({ label }) => label === 'a')?.organizationId).toBe(organizationId)
  await until(async () => (await jobs('a')).length === 0)
})

it('knows nothing of a job whose transaction failed', async () => {
  const work = crm.ctx(organizationId).write(async ({ enqueue: plan }) => {
    await plan(note, { label: 'never' })
    throw new Error('changed my mind')
  })
  await expect(work).rejects.toThrow('changed my mind')
  expect(await jobs('never')).toEqual([])
})

it('waits until runAt', async () => {
  const runAt = new Date(Date.now() + 800)
  await enqueue('later', { runAt })
  await until(async () => labels().includes('later'))
  expect(Date.now()).toBeGreaterThanOrEqual(runAt.getTime())
})

it('replaces a waiting job of the same key, and lets a running one finish before the next', async () => {
  const soon = { key: 'k1', runAt: new Date(Date.now() + 60_000) }
  await enqueue('old', soon)
  await enqueue('new', { key: 'k1' })
  await until(async () => labels().includes('new'))
  expect(await jobs('old')).toEqual([])

  let open = (): void => {}
  gates.set('first', new Promise((resolve) => (open = resolve)))
  await enqueue('first', { key: 'k2' })
  await until(async () => (await jobs('first'))[0]?.['status'] === 'running')
  await enqueue('second', { key: 'k2', runAt: new Date(Date.now() + 60_000) })
  expect(await jobs('second')).toMatchObject([{ status: 'waiting' }])
  open()
  await until(async () => labels().includes('first'))
})

it('keeps a waiting job of the same key, payload and time, where that is asked for, and follows a running one', async () => {
  await enqueue('kept', { key: 'k4', runAt: new Date(Date.now() + 60_000) })
  await enqueue('unneeded', { key: 'k4', keepsWaiting: true })
  expect([await jobs('kept'), await jobs('unneeded')]).toMatchObject([[{ status: 'waiting' }], []])
  let open = (): void => {}
  gates.set('under way', new Promise((resolve) => (open = resolve)))
  await enqueue('under way', { key: 'k5' })
  await until(async () => (await jobs('under way'))[0]?.['status'] === 'running')
  await enqueue('next', { key: 'k5', keepsWaiting: true })
  open()
  await until(async () => labels().includes('next'))
})

it('lets a newer waiting job of the same key supersede one that failed', async () => {
  let open = (): void => {}
  gates.set('outdated', new Promise((resolve) => (open = resolve)))
  failing.add('outdated')
  await enqueue('outdated', { key: 'k3' })
  await until(async () => (await jobs('outdated'))[0]?.['status'] === 'running')
  await enqueue('current', { key: 'k3', runAt: new Date(Date.now() + 60_000) })
  open()
  await until(async () => (await jobs('outdated')).length === 0)
  expect(await jobs('current')).toMatchObject([{ status: 'waiting' }])
})

it('tries again after a failure and gives up visibly after the last attempt', async () => {
  failing.add('broken')
  await enqueue('broken', { maxAttempts: 2 })
  await until(async () => (await jobs('broken'))[0]?.['attempts'] === 1)
  await until(async () => (await jobs('broken'))[0]?.['status'] === 'given-up')
  expect(await jobs('broken')).toEqual([{ status: 'given-up', attempts: 2, last_error: 'Error: broken fails' }])
})

it('says that it gives a job up, after the last attempt alone; of one whose process died in it, too', async () => {
  const plan = (label: string, options: object) => crm.ctx(organizationId).write(async ({ enqueue: plans }) => plans(doomed, { label }, options))
  await plan('hopeless', { maxAttempts: 2 })
  await until(async () => (await jobs('hopeless'))[0]?.['attempts'] === 1)
  expect(told).toEqual([])
  await until(async () => (await jobs('hopeless'))[0]?.['status'] === 'given-up')
  expect(told).toEqual(['hopeless'])
  await plan('killed', { runAt: new Date(Date.now() + 60_000) })
  await database.asAdmin(`update crm.job set status = 'running', attempts = max_attempts, lease_holder = gen_random_uuid(), lease_until = now()
                           where payload->>'label' = 'killed'`)
  await until(async () => told.includes('killed'))
  expect(await jobs('killed')).toMatchObject([{ status: 'given-up' }])
})

it('tries without end what may not be given up', async () => {
  failing.add('forever')
  await enqueue('forever', { maxAttempts: 'endless', key: 'forever' })
  await until(async () => (await jobs('forever'))[0]?.['attempts'] === 1 && (await jobs('forever'))[0]?.['status'] === 'waiting')
  await database.asAdmin(`update crm.job set attempts = 1000, run_at = now() where payload->>'label' = 'forever'`)
  await until(async () => (await jobs('forever'))[0]?.['attempts'] === 1001 && (await jobs('forever'))[0]?.['status'] === 'waiting')
  failing.delete('forever')
  await database.asAdmin(`update crm.job set run_at = now() where payload->>'label' = 'forever'`)
  await until(async () => labels().includes('forever'))
})

it('says which jobs wait that nobody runs', async () => {
  await database.asAdmin(
    `insert into crm.job (organization_id, name, payload, origin, max_attempts) values ('${organizationId}', 'crm.renamed', '{}', '{}', 10)`,
  )
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'error' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const replica = await startService(service, { database, log })
  await until(async () => lines.some((line) => line['job'] === 'crm.renamed' && line['count'] === 1))
  expect(lines.filter(({ job }) => job === 'crm.note')).toEqual([])
  await replica.stop()
  await database.asAdmin(`delete from crm.job where name = 'crm.renamed'`)
})

it('aborts a handler at its deadline', async () => {
  await crm.ctx(organizationId).write(async ({ enqueue: plan }) => plan(hang, { label: 'hang' }, { maxAttempts: 1 }))
  await until(async () => (await jobs('hang'))[0]?.['status'] === 'given-up')
  expect((await jobs('hang'))[0]?.['last_error']).toContain('TimeoutError')
})

it('runs no more at once than its concurrency', async () => {
  mostAtOnce = 0
  let open = (): void => {}
  gates.set('gated', new Promise((resolve) => (open = resolve)))
  for (let count = 0; count < 6; count++) await enqueue('gated')
  await until(async () => running === 2)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(mostAtOnce).toBe(2)
  open()
  await until(async () => labels().filter((label) => label === 'gated').length === 6)
})

it('runs each of many jobs once with two replicas', async () => {
  const replica = await startService(service, { database })
  for (let count = 0; count < 40; count++) await enqueue(`shared-${count}`)
  await until(async () => labels().filter((label) => label.startsWith('shared-')).length >= 40)
  await crm.settle()
  expect(new Set(labels().filter((label) => label.startsWith('shared-'))).size).toBe(40)
  expect(labels().filter((label) => label.startsWith('shared-'))).toHaveLength(40)
  await replica.stop()
})

it('takes over within seconds what a dead process held', async () => {
  await enqueue('orphan', { runAt: new Date(Date.now() + 60_000) })
  await database.asAdmin(`update crm.job set status = 'running', attempts = 1, lease_holder = gen_random_uuid(), lease_until = now() + interval '1 second'
                           where payload->>'label' = 'orphan'`)
  await until(async () => labels().includes('orphan'))
})

it('hides jobs from other organisations', async () => {
  await enqueue('secret', { runAt: new Date(Date.now() + 60_000) })
  const app = await database.open('crm')
  const seen = async (id: string | null) =>
    (await app.read(id ? { organizationId: id } : null, { text: "select 1 from job where payload->>'label' = 'secret'", values: [] })).rowCount
  expect([await seen(organizationId), await seen(uuidV7()), await seen(null)]).toEqual([1, 0, 0])
})
