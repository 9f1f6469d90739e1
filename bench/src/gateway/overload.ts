/**
 * B13: what becomes of a process that is asked for ten times what it can do. `npm run bench:overload -- [--seconds=60] [--read]`
 *
 * Closed loop for the capacity C, then open loops: 0.8 C (calm), 10 C, 0.8 C again, and 10 C by one organisation beside
 * 0.2 C of another. All in one run on one machine: the ratios are what counts.
 */
import { loadavg } from 'node:os'
import { freePort } from '@ai-crm/testing/servers'
import { runLoad } from '../load/run-load.ts'
import { isAccepted, isRefused, p99Of, runOpenLoad, type OpenPlan, type OpenResult } from '../load/run-open-load.ts'
import { readOptions } from '../options.ts'
import { seedContacts } from '../system/seed-contacts.ts'
import { signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'
import { untilDelivered } from '../system/until-delivered.ts'
import { createContact } from '../workloads/create-contact.ts'
import { listContacts } from '../workloads/list-contacts.ts'
import type { Scene } from '../workloads/workload.ts'
import { watchProgram } from './watch-program.ts'

const CALM_SHARE = 0.8
const OVERLOAD = 10
const MODEST_SHARE = 0.2
const AFTER_SECONDS = 12

const words = process.argv.slice(2)
const options = readOptions(['--seconds=60', '--contacts=20000', ...words].toReversed())
const workload = words.includes('--read') ? listContacts : createContact
const database = await startPostgres()
const opsPort = await freePort()
const program = await startProgram(database, options.services, { OPS_PORT: String(opsPort) })
try {
  const scene: Scene = { url: program.url, ...(await signUp(program)), database }
  const modest = await signUp(program, 'modest@example.org')
  await seedContacts(database, scene.organizationId, options.contacts)

  const closed = async (seconds: number) => runLoad({ ...scene, next: await workload.prepare(scene), concurrency: options.concurrency, seconds })
  const open = async (share: number, seconds: number, whose: (n: number) => { token: string; who: string } = () => ({ token: scene.token, who: 'one' })) => {
    await untilDelivered(database)
    const next = await workload.prepare(scene)
    const plan: OpenPlan = { url: scene.url, perSecond: share * capacity, seconds, next: (n) => ({ ...next(n), ...whose(n) }) }
    const before = program.cpuSeconds()
    const result = await runOpenLoad(plan)
    return { ...result, cpuSeconds: program.cpuSeconds() - before }
  }

  await closed(5)
  const { requestsPerSecond: capacity, p99Ms } = await closed(10)
  say(
    `${workload.title}; load of the machine before the open loops ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  )
  say(`C: ${capacity.toFixed(0)}/s at ${options.concurrency} in flight, p99 ${p99Ms.toFixed(0)} ms`)

  const calm = await open(CALM_SHARE, Math.max(10, options.seconds / 4))
  const calmMs = p99Of(calm.answers.filter(isAccepted))
  say(`0.8 C: ${describe(calm)}`)

  const rssBefore = program.memoryMiB()
  const watched = watchProgram(program, opsPort)
  const full = await open(OVERLOAD, options.seconds)
  const { livezShare, maxMemoryMiB } = await watched.stop()
  const [acceptedMs, refusedMs] = [p99Of(full.answers.filter(isAccepted)), p99Of(full.answers.filter(isRefused))]
  const goodput = full.answers.filter(isAccepted).length / options.seconds
  say(`10 C: ${describe(full)}`)

  const after = await open(CALM_SHARE, AFTER_SECONDS)
  say(`0.8 C again: ${describe(after)}`)
  const calmAgainAt = firstCalmSecond(after, calmMs)

  const greedyShare = OVERLOAD / (OVERLOAD + MODEST_SHARE)
  const both = await open(OVERLOAD + MODEST_SHARE, Math.max(10, options.seconds / 4), (n) =>
    (n * 0.618_034) % 1 < greedyShare ? { token: scene.token, who: 'greedy' } : { token: modest.token, who: 'modest' },
  )
  const ofModest = both.answers.filter(({ who }) => who === 'modest')

  say('')
  judge('goodput at 10 C', goodput / capacity, '≥', 0.8, 'of C')
  judge('accepted p99', acceptedMs / calmMs, '≤', 2, `of that at 0.8 C (${acceptedMs.toFixed(0)} ms, limit 1,000 ms)`)
  judge('refused p99', refusedMs, '≤', 50, 'ms')
  judge('/livez answered', livezShare, '≥', 1, 'of the time')
  judge('calm again after', calmAgainAt, '≤', 10, 's')
  judge('memory', maxMemoryMiB / rssBefore, '≤', 1.2, `of before (${rssBefore} → ${maxMemoryMiB} MiB)`)
  judge('accepted of a modest organisation beside a greedy one', ofModest.filter(isAccepted).length / ofModest.length, '≥', 0.95, 'of what it asked')
  // Not moved by what else runs on the machine: what a refusal costs beside an answer decides what is left of C at ten times C.
  const costOfAccepted = calm.cpuSeconds / calm.answers.filter(isAccepted).length
  const costOfRefused = (full.cpuSeconds - full.answers.filter(isAccepted).length * costOfAccepted) / full.answers.filter(isRefused).length
  say(`CPU of the program: ${(costOfAccepted * 1000).toFixed(2)} ms per accepted request, ${(Math.max(0, costOfRefused) * 1000).toFixed(2)} ms per refused one`)
  say(`generator late by ${full.generatorLagMs.toFixed(0)} ms (p99); load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await program.stop()
  await database.stop()
}

function say(line: string): void {
  console.log(line)
}

function judge(what: string, value: number, relation: '≤' | '≥', limit: number, unit: string): void {
  const isMet = relation === '≤' ? value <= limit : value >= limit
  say(`${isMet ? 'met      ' : 'NOT MET  '} ${what}: ${value.toFixed(2)} ${unit} (${relation} ${limit})`)
}

function describe({ answers, sent, failed, generatorLagMs, cpuSeconds }: OpenResult & { cpuSeconds: number }): string {
  const [accepted, refused] = [answers.filter(isAccepted), answers.filter(isRefused)]
  const others = answers.length - accepted.length - refused.length
  return [
    `${sent} asked`,
    `${accepted.length} accepted (p99 ${p99Of(accepted).toFixed(0)} ms)`,
    `${refused.length} refused (p99 ${p99Of(refused).toFixed(0)} ms)`,
    `${others} other answers, ${failed} without an answer`,
    `generator late by ${generatorLagMs.toFixed(0)} ms`,
    `${cpuSeconds.toFixed(1)} s of CPU`,
  ].join(', ')
}

/** The second from which on nothing is refused and the p99 of each second is as calm as before. */
function firstCalmSecond({ answers }: OpenResult, calmMs: number): number {
  const seconds = Array.from({ length: AFTER_SECONDS }, (_, second) => answers.filter((answer) => answer.second === second))
  const lastBad = seconds.findLastIndex((each) => each.some((answer) => !isAccepted(answer)) || p99Of(each) > 2 * calmMs)
  return lastBad + 1
}
