/**
 * What the door costs: `npm run bench:gateway`
 *
 * One contact, asked of the service itself and through a gateway in a process of its own; and the same small answer with
 * and without a token. Closed loops in turns, so that both see the same machine.
 */
import { freePort } from '@ai-crm/testing/servers'
import { runLoad, type LoadResult } from '../load/run-load.ts'
import { readOptions } from '../options.ts'
import { seedContacts } from '../system/seed-contacts.ts'
import { signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'
import { getContact } from '../workloads/get-contact.ts'
import type { Scene } from '../workloads/workload.ts'

const ROUNDS = 3

const options = readOptions(['--seconds=4', '--contacts=2000', ...process.argv.slice(2)].toReversed())
const database = await startPostgres()
const [servicePort, gatewayPort] = [await freePort(), await freePort()]
// Messaging too: it prints the link of the sign-up.
const behind = await startProgram(database, 'auth,crm,messaging', { PORT: String(servicePort) })
const gateway = await startProgram(database, 'gateway', { PORT: String(gatewayPort), AUTH_URL: behind.url, CRM_URL: behind.url })
try {
  const scene: Scene = { url: behind.url, ...(await signUp(behind)), database }
  await seedContacts(database, scene.organizationId, options.contacts)
  const next = await getContact.prepare(scene)
  const run = (url: string, concurrency: number) => runLoad({ url, token: scene.token, next, concurrency, seconds: options.seconds })

  await run(gateway.url, 16)
  for (const concurrency of [1, 16]) {
    const direct: LoadResult[] = []
    const through: LoadResult[] = []
    for (let round = 0; round < ROUNDS; round++) {
      direct.push(await run(behind.url, concurrency))
      through.push(await run(gateway.url, concurrency))
    }
    const [one, other] = [median(direct), median(through)]
    console.log(
      `${concurrency} in flight: direct ${show(one)}; through the gateway ${show(other)}; ` +
        `${(other.requestsPerSecond / one.requestsPerSecond).toFixed(2)} of the rate, ${(other.p50Ms - one.p50Ms).toFixed(2)} ms more at the median`,
    )
  }
} finally {
  await gateway.stop()
  await behind.stop()
  await database.stop()
}

/** By their rate. */
function median(results: readonly LoadResult[]): LoadResult {
  const sorted = results.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (!middle) throw new Error('Nothing was measured.')
  return middle
}

function show({ requestsPerSecond, p50Ms, p99Ms, errors }: LoadResult): string {
  return `${requestsPerSecond.toFixed(0)}/s p50 ${p50Ms.toFixed(2)} p99 ${p99Ms.toFixed(1)} ms${errors > 0 ? `, ${errors} ERRORS` : ''}`
}
