/**
 * Signing in, beside bare Argon2 of the same run: `npm run bench:sign-in`
 *
 * Meanwhile somebody reads their own name all the time: how long that takes, and how long the event loop stands still, is what
 * others feel of it.
 */
import { hash, verify } from '@node-rs/argon2'
import { freePort } from '@ai-crm/testing/servers'
import { runLoad, type LoadRequest } from '../load/run-load.ts'
import { readOptions } from '../options.ts'
import { BENCH_PERSON, signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'

/** As services/auth hashes, two at a time. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2

const { seconds } = readOptions(['--seconds=8', ...process.argv.slice(2)].toReversed())
const database = await startPostgres()
const opsPort = await freePort()
const program = await startProgram(database, null, { OPS_PORT: String(opsPort) })
try {
  const { token } = await signUp(program)
  const signIn: LoadRequest = {
    method: 'POST',
    path: '/api/v1/auth/sign-in',
    body: JSON.stringify({ email: BENCH_PERSON.email, password: BENCH_PERSON.password }),
  }
  const reads = (forSeconds: number) =>
    runLoad({ url: program.url, token, concurrency: 1, seconds: forSeconds, next: () => ({ method: 'GET', path: '/api/v1/auth/me' }) })
  const signIns = (forSeconds: number) => runLoad({ url: program.url, token, concurrency: 8, seconds: forSeconds, next: () => signIn })

  await signIns(2)
  const bare = await bareHashes(seconds)
  const alone = await reads(seconds / 2)
  await lagMs() // begins anew
  const [entered, beside] = await Promise.all([signIns(seconds), reads(seconds)])
  const lag = await lagMs()
  const again = await bareHashes(seconds)
  const limit = (bare + again) / 2
  console.log(`sign-ins ${entered.requestsPerSecond.toFixed(1)}/s (p50 ${entered.p50Ms.toFixed(0)}, p99 ${entered.p99Ms.toFixed(0)} ms, ${entered.errors} errors) with 8 in flight
bare Argon2, two at a time: ${bare.toFixed(1)}/s before, ${again.toFixed(1)}/s after; ratio ${(entered.requestsPerSecond / limit).toFixed(2)}
a read beside: p50 ${beside.p50Ms.toFixed(1)}, p99 ${beside.p99Ms.toFixed(1)} ms; alone: p50 ${alone.p50Ms.toFixed(1)}, p99 ${alone.p99Ms.toFixed(1)} ms
event loop late by ${lag.toFixed(1)} ms at p99 meanwhile (contract: 50)`)
} finally {
  await program.stop()
  await database.stop()
}

/** Verifications per second of this process, as many at a time as the service makes. */
async function bareHashes(forSeconds: number): Promise<number> {
  const stored = await hash(BENCH_PERSON.password, PARAMETERS)
  const startedAt = performance.now()
  let count = 0
  const worker = async () => {
    while (performance.now() - startedAt < forSeconds * 1000) {
      await verify(stored, BENCH_PERSON.password)
      count++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return count / ((performance.now() - startedAt) / 1000)
}

/** Since the last time that it was asked: the histogram of Node begins anew with each look. */
async function lagMs(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text()
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000
}
