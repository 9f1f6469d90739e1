import { setTimeout as sleep } from 'node:timers/promises'
import { withAdmin } from '@ai-crm/testing/cluster'
import { seededRandom } from '@ai-crm/testing/random'
import { expect, it } from 'vitest'
import type { Rows, TenantContext } from './database.ts'
import { interleavedWork, type Tally } from './fixtures/interleaved-work.ts'
import { createProbeDatabase } from './fixtures/probe-database.ts'
import { watchCheckouts } from './fixtures/watch-checkouts.ts'

/** 200,000 by `npm run test:isolation` (reliability 2.4.4). */
const TRANSACTIONS = Number(process.env['ISOLATION_TRANSACTIONS'] ?? 4_000)
const SEED = Number(process.env['ISOLATION_SEED'] ?? 20_261_126)
const ORGANIZATIONS = 50
const WORKERS = 16
/** Of an organisation: many enough that most requests run, few enough that some repeat. */
const KEYS = Math.max(20, Math.floor(TRANSACTIONS / 200))

const probe = await createProbeDatabase()
const random = seededRandom(SEED)
const tally: Tally = { answers: 0, wrong: [], replays: 0, done: {}, failed: {} }
const tenants = Array.from({ length: ORGANIZATIONS }, () => ({ organizationId: random.uuid() }))

function lookAs(context: TenantContext) {
  return (rows: Rows | undefined): void => {
    tally.answers += 1
    const foreign = rows?.rows.find(
      ({ organizationId, name }) => !context || organizationId !== context.organizationId || !String(name).startsWith(context.organizationId),
    )
    if (foreign) tally.wrong.push(`${JSON.stringify(foreign)} to ${context?.organizationId ?? 'nobody'}`)
  }
}

const VICTIMS = "from pg_stat_activity where usename = 'probe_app' and datname = current_database() and pid <> pg_backend_pid() order by random() limit 1"

/** Cancels statements and kills connections at random until told to stop. */
async function disturb(isRunning: () => boolean): Promise<{ kills: number; cancels: number }> {
  const count = { kills: 0, cancels: 0 }
  await withAdmin(probe.cluster, probe.name, async (run) => {
    while (isRunning()) {
      count.cancels += (await run(`select pg_cancel_backend(pid) ${VICTIMS}`)).length
      await sleep(15)
      if (random.integer(4) === 0) count.kills += (await run(`select pg_terminate_backend(pid) ${VICTIMS}`)).length
      await sleep(15)
    }
  })
  return count
}

it(
  `shows and writes no wrong row in ${TRANSACTIONS} interleaved transactions of ${ORGANIZATIONS} organisations on two connections`,
  async () => {
    const watch = watchCheckouts()
    const database = await probe.open('probe', 'app', { maxConnections: 2 })
    const kinds = Object.entries(interleavedWork(database, random, tally, KEYS))
    let isRunning = true
    const disturbing = disturb(() => isRunning)

    let started = 0
    const worker = async (): Promise<void> => {
      while (started++ < TRANSACTIONS) {
        const context = random.integer(12) === 0 ? null : random.pick(tenants)
        const [name, work] = random.pick(kinds)
        const outcome = await work(context, lookAs(context)).then(
          () => tally.done,
          () => tally.failed,
        )
        outcome[name] = (outcome[name] ?? 0) + 1
      }
    }
    await Promise.all(Array.from({ length: WORKERS }, worker))
    isRunning = false
    const disturbances = await disturbing
    watch.stop()
    console.log(`seed ${SEED}:`, {
      ...disturbances,
      checkouts: watch.checkouts,
      dirty: watch.dirty.length,
      wrong: tally.wrong.length,
      answers: tally.answers,
      replays: tally.replays,
    })

    expect(tally.wrong).toEqual([])
    expect(watch.dirty).toEqual([])
    // What was written under a wrong context would not fit its own name.
    expect(await probe.asAdmin('select organization_id, name from probe.thing where not starts_with(name, organization_id::text)')).toEqual([])
    expect(await probe.asAdmin('select organization_id from probe.idempotency_key where body <> organization_id::text')).toEqual([])

    // All of it took place: every kind of work, every kind of failure, replays, kills.
    expect(watch.checkouts).toBeGreaterThan(TRANSACTIONS / 2)
    for (const name of ['read', 'batch', 'interactive', 'idempotent', 'delete']) expect(tally.done[name], name).toBeGreaterThan(TRANSACTIONS / 50)
    for (const name of ['read slowly', 'broken batch', 'broken interactive', 'idempotent, failing'])
      expect(tally.failed[name], name).toBeGreaterThan(TRANSACTIONS / 50)
    expect(tally.replays).toBeGreaterThan(0)
    expect(disturbances.kills).toBeGreaterThan(0)
    expect(disturbances.cancels).toBeGreaterThan(0)
  },
  60_000 + TRANSACTIONS * 10,
)
