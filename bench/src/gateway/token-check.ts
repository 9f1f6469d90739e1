/**
 * What the check of an access token costs per request: `npm run bench:token`
 *
 * The same answer of the same application in a process of its own, for everybody and for who is signed in; with one token
 * again and again (a person at work), and with a token per request (none was seen before: the signature is checked).
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createTestTokens } from '@ai-crm/testing/http'
import { runLoad } from '../load/run-load.ts'

const [SECONDS, ROUNDS, CONCURRENCY, NEW_TOKENS] = [3, 3, 16, 20_000]

const tokens = await createTestTokens()
const server = fork(fileURLToPath(new URL('./token-server.ts', import.meta.url)), [JSON.stringify(tokens.publicJwk)])
const [url] = await once(server, 'message')
const token = (await tokens.bearer()).authorization.slice('Bearer '.length)
const fresh = await Promise.all(Array.from({ length: NEW_TOKENS }, async () => (await tokens.bearer()).authorization))

const rate = async (path: string, headers: (n: number) => Record<string, string> = () => ({})): Promise<number> => {
  const load = await runLoad({
    url: String(url),
    token,
    concurrency: CONCURRENCY,
    seconds: SECONDS,
    next: (n) => ({ method: 'GET', path, headers: headers(n) }),
  })
  if (load.errors > 0) console.error(`${load.errors} requests of ${path} were not answered as they should be`)
  return load.requestsPerSecond
}
let taken = 0
const newToken = () => ({ authorization: fresh[taken++ % fresh.length] ?? '' })

await rate('/api/v1/for-everybody')
const rounds: { without: number; known: number; unknown: number }[] = []
for (let round = 0; round < ROUNDS; round++)
  rounds.push({
    without: await rate('/api/v1/for-everybody'),
    known: await rate('/api/v1/for-signed-in'),
    unknown: await rate('/api/v1/for-signed-in', newToken),
  })
server.kill()

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const [without, known, unknown] = [
  median(rounds.map((each) => each.without)),
  median(rounds.map((each) => each.known)),
  median(rounds.map((each) => each.unknown)),
]
const microseconds = (perSecond: number): string => (1e6 / perSecond - 1e6 / without).toFixed(0)
console.log(`without a token ${without.toFixed(0)}/s
with one that was seen before ${known.toFixed(0)}/s: ${(known / without).toFixed(2)} of it, ${microseconds(known)} µs more per request
with one that is new          ${unknown.toFixed(0)}/s: ${(unknown / without).toFixed(2)} of it, ${microseconds(unknown)} µs more per request`)
