import { isDeepStrictEqual } from 'node:util'
import type { TestService } from '@ai-crm/testing'
import type { SeededRandom } from '@ai-crm/testing/random'
import { canaryOf } from './canary-mark.ts'
import { ownValues, type Harvest } from './harvest.ts'
import { comparable, send, type Attacker, type Heard } from './hear.ts'
import { operations, type Operation, type Position } from './operations.ts'
import { withValue, type AttackRequest } from './request.ts'

export interface Finding {
  readonly what: 'canary' | 'foreign id' | 'difference' | 'failure' | 'replay'
  readonly operation: string
  readonly position: string
  readonly attacker: string
  readonly detail: string
}

/** One organisation that attacks another. */
export interface Attack {
  readonly service: TestService
  readonly random: SeededRandom
  readonly victim: Harvest
  readonly own: Harvest
  readonly victimIds: ReadonlySet<string>
  /** Ids and texts of the victim that the attacker has stored in things of their own: no news when they come back. */
  readonly planted: Set<string>
  readonly findings: Finding[]
  requests: number
  /** Pairs of which one was refused for coming too often or with a token that had just died. */
  inconclusive: number
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
/** What runs beside the attack may change an answer between two requests; a wall that is missing differs every time. */
const LOOKS = 4
/** Too often, or signed out by what somebody did to their own rights: says nothing about the route. */
const INCONCLUSIVE: ReadonlySet<number> = new Set([401, 429])

type Label = Pick<Finding, 'operation' | 'position' | 'attacker'>

/** Asks for the victim's value and for one that nobody has, and compares what is heard. Each request is made anew: its own words must not collide. */
export async function attackPosition(
  attack: Attack,
  operation: Operation,
  position: Position,
  attacker: Attacker,
  makeRequest: () => AttackRequest,
  value: string,
): Promise<void> {
  const label = { operation: operation.name, position: `${position.in} ${position.path}`, attacker: attacker.name }
  if (position.in === 'idempotency-key') return tryKey(attack, operation, attacker, withValue(makeRequest(), position, value), label)
  let difference = ''
  for (let look = 0; look < LOOKS; look++) {
    const nobodys = valueOfNobody(attack, value)
    const [theirs, none] = [
      await ask(attack, operation, attacker, makeRequest(), position, value),
      await ask(attack, operation, attacker, makeRequest(), position, nobodys),
    ]
    inspect(attack, label, theirs, value)
    inspect(attack, label, none, nobodys)
    if (operation.endpoint.access !== 'public' && theirs.status !== none.status && (INCONCLUSIVE.has(theirs.status) || INCONCLUSIVE.has(none.status)))
      return void (attack.inconclusive += 1)
    if (theirs.status === 429 || none.status === 429) return void (attack.inconclusive += 1)
    const [one, other] = [comparable(operation, theirs, value), comparable(operation, none, nobodys)]
    if (isDeepStrictEqual(one, other)) return
    difference = `${value}: ${JSON.stringify(one).slice(0, 400)} | ${JSON.stringify(other).slice(0, 400)}`
    // The attacker has the value now: asking again would find their own.
    if (isAcceptedWrite(operation, theirs)) break
  }
  attack.findings.push({ ...label, what: 'difference', detail: difference })
}

const isAcceptedWrite = ({ endpoint }: Operation, { status }: Heard): boolean => status < 300 && endpoint.method !== 'GET'

/** A key that the victim has used for the same route: whoever else uses it has used it never. */
async function tryKey(attack: Attack, operation: Operation, attacker: Attacker, request: AttackRequest, label: Label): Promise<void> {
  const version = operation.endpoint.concurrency === 'if-match' ? await versionOf(attack, operation, attacker, request) : 1
  const heard = await send(attack.service, operation, attacker, request, version, attack.random)
  attack.requests += 1
  inspect(attack, label, heard, request.idempotencyKey)
  const isTold = heard.headers['idempotency-replayed'] !== undefined || /platform\.idempotency/.test(heard.body)
  if (isTold) attack.findings.push({ ...label, what: 'replay', detail: heard.body.slice(0, 300) })
}

async function ask(attack: Attack, operation: Operation, attacker: Attacker, request: AttackRequest, position: Position, value: string): Promise<Heard> {
  const version = operation.endpoint.concurrency === 'if-match' ? await versionOf(attack, operation, attacker, request) : 1
  const fresh = { ...request, idempotencyKey: attack.random.uuid() }
  const heard = await send(attack.service, operation, attacker, withValue(fresh, position, value), version, attack.random)
  attack.requests += 1
  if (isAcceptedWrite(operation, heard)) for (const stored of [value, ...Array.from(value.matchAll(UUID), ([id]) => id)]) attack.planted.add(stored)
  return heard
}

/** The version of the attacker's own thing, as its own route tells it, or else its row; 1 where there is none. */
export async function versionOf(attack: Attack, operation: Operation, attacker: Attacker, request: AttackRequest): Promise<number> {
  const [whole, above] = [operation.endpoint.path, operation.endpoint.path.replace(/\/[^/:]+$/, '')]
  const reader = operations.find(({ endpoint }) => endpoint.method === 'GET' && (endpoint.path === whole || endpoint.path === above))
  if (!reader) return versionInRow(attack, Object.values(request.params))
  attack.requests += 1
  const heard = await send(attack.service, reader, attacker, { ...request, query: {}, body: undefined }, 1, attack.random)
  return Number(/"version":(\d+)/.exec(heard.body)?.[1] ?? 1)
}

async function versionInRow({ service, own }: Attack, ids: readonly string[]): Promise<number> {
  const row = own.rows.find(({ own: name, values }) => ids.includes(values.get(name) ?? ''))
  if (!row) return 1
  const [found] = await service.database.asAdmin(`select to_jsonb(t)->>'version' as version from ${row.table} t where id = '${row.values.get(row.own)}'`)
  return Number(found?.['version'] ?? 1)
}

export function inspect(attack: Attack, label: Label, heard: Heard, sent: string): void {
  const seen = heard.everything.replaceAll(sent, '')
  const around = (index: number) => seen.slice(Math.max(0, index - 100), index + 100)
  const canary = canaryOf(attack.victim.organization.mark.letter).exec(seen)
  if (canary) attack.findings.push({ ...label, what: 'canary', detail: around(canary.index) })
  const foreign = Array.from(seen.matchAll(UUID)).find(([id]) => attack.victimIds.has(id) && !attack.planted.has(id))
  if (foreign) attack.findings.push({ ...label, what: 'foreign id', detail: around(foreign.index) })
  if (heard.status >= 500) attack.findings.push({ ...label, what: 'failure', detail: heard.body.slice(0, 300) })
}

/** Of the same form, and unknown to everybody. */
function valueOfNobody({ random, victim }: Attack, value: string): string {
  const replaced = value
    .replaceAll(UUID, () => random.uuid())
    .replaceAll(victim.organization.mark.secret, (word) => Array.from(word, () => random.pick([...'bdfghjlmnprstvwz'])).join(''))
  return replaced === value ? value.split('').toReversed().join('') : replaced
}

const isId = ({ schema, path }: Position): boolean => schema.format === 'uuid' || /id$/i.test(path)

/** What of the victim is worth trying here: the thing that the position asks for first. */
export function valuesFor({ victim, random, planted }: Attack, operation: Operation, position: Position, cursors: readonly string[]): readonly string[] {
  const name = position.path.split('.').findLast((part) => part !== '0') ?? ''
  const named = [...(ownValues(victim, operation.endpoint.service, [name])?.values() ?? [])]
  const ofKind = named.filter((value) => !/cnry/i.test(value) && (value.match(UUID) !== null || value.includes(victim.organization.mark.secret)))
  if (name === 'cursor') return cursors
  if (position.in === 'idempotency-key') return keysOf(victim, operation)
  if (position.in === 'path' || isId(position)) return [...ofKind, ...shuffled(victim.ids, random)]
  const texts = shuffled(victim.texts, random).filter(
    (text) => (position.schema.format !== 'email' && !/email$/i.test(position.path)) || /^[^@]+@[^@]+$/.test(text),
  )
  return [...ofKind, ...texts, ...shuffled(victim.ids, random).slice(0, 5)].filter((value) => !planted.has(value))
}

/** Those that the victim has used for this route first. */
function keysOf({ organization }: Harvest, { endpoint }: Operation): readonly string[] {
  const pattern = new RegExp(`^${endpoint.path.replaceAll(/:\w+/g, '[^/]+')}$`)
  const isHere = ({ method, path }: { method: string; path: string }): boolean => method === endpoint.method && pattern.test(path)
  const keys = organization.usedKeys
  return [...keys.filter(isHere), ...keys.filter((used) => !isHere(used))].map(({ key }) => key)
}

function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  return items
    .map((item) => ({ item, order: random.integer(2 ** 31) }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item)
}
