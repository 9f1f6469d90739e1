import type { Attack } from './attack.ts'
import { versionOf } from './attack.ts'
import type { Endpoint } from '@ai-crm/contracts'
import { send, type Attacker } from './hear.ts'
import { operations, type Operation } from './operations.ts'
import { ownRequest } from './request.ts'

/** Seeds of bodies with which a route was reached: a request about one's own things got past everything but the business. */
export type Reached = ReadonlyMap<string, readonly number[]>

const BODIES = 30
const THINGS = 6
const ENOUGH = 3
/** Says nothing about the route's own code: not accepted, not known, not permitted, not there. */
const SHORT_OF_IT: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 415, 428])
/** Without a token these are what the route itself answers to a wrong secret. */
const ANSWERS_TO_STRANGERS: ReadonlySet<number> = new Set([401, 403, 404])

/** Reading first, then changing, then removing: each finds what it needs. */
const ORDER = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE']
const orderOf = ({ endpoint, positions }: Operation): number => rankOf(endpoint) - positions.filter((position) => position.in === 'path').length / 10

/** What takes away rights, devices or the session itself comes after everything that needs them. */
const LATER: readonly (readonly [RegExp, number])[] = [
  [/^(endOther|leave|signOut|refresh)/, 60],
  [/^end/, 40],
  [/(password|transfer)/i, 30],
  [/remove(Totp|Passkey)/, 20],
  [/(remove|delete|revoke|disable|forget|found|switch)/i, 10],
]
const rankOf = ({ method, name }: Endpoint): number => ORDER.indexOf(method) + (LATER.find(([pattern]) => pattern.test(name))?.[1] ?? 0)

/** Tries every route on the things of an organisation that nobody attacks, and tells which answered for real. */
export async function findReached(
  attack: Attack,
  signIn: () => Promise<readonly Attacker[]>,
): Promise<{ reached: Reached; unreached: readonly (readonly [string, string])[] }> {
  const reached = new Map<string, readonly number[]>()
  const unreached: [string, string][] = []
  for (const operation of operations.toSorted((one, other) => orderOf(one) - orderOf(other))) {
    // Anew for each: some of them change what tokens of before are worth.
    const allowed = (await signIn()).filter(({ mayAsk }) => mayAsk(operation))
    let [seeds, last]: [readonly number[], string] = [[], 'nobody may ask']
    for (const attacker of allowed.slice(0, 2)) if (seeds.length === 0) ({ seeds, last } = await tryBodies(attack, operation, attacker))
    if (seeds.length > 0) reached.set(operation.name, seeds)
    else unreached.push([operation.name, last])
  }
  return { reached, unreached }
}

const isShortOfIt = ({ endpoint }: Operation, status: number): boolean =>
  status >= 500 || (SHORT_OF_IT.has(status) && !(endpoint.access === 'public' && ANSWERS_TO_STRANGERS.has(status)))

async function tryBodies(attack: Attack, operation: Operation, attacker: Attacker): Promise<{ seeds: number[]; last: string }> {
  const seeds: number[] = []
  let last = 'its parameters name nothing that the organisation has'
  for (let seed = 1; seed <= (operation.body ? BODIES : THINGS) && seeds.length < ENOUGH; seed++) {
    const request = ownRequest(operation, attack.own, attack.random, seed)
    if (!request) break
    const version = operation.endpoint.concurrency === 'if-match' ? await versionOf(attack, operation, attacker, request) : 1
    const heard = await send(attack.service, operation, attacker, request, version, attack.random)
    last = `${heard.status} ${heard.body.slice(0, 200)}`
    if (isShortOfIt(operation, heard.status)) continue
    seeds.push(seed)
    if (!operation.body || rankOf(operation.endpoint) >= 10) break
  }
  return { seeds, last }
}
