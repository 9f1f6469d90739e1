import { fittingValue } from '@ai-crm/testing/http/arbitrary-of-schema'
import type { SeededRandom } from '@ai-crm/testing/random'
import fc from 'fast-check'
import { ownValues, type Harvest } from './harvest.ts'
import type { Operation, Position } from './operations.ts'

export interface AttackRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly idempotencyKey: string
}

/** A request about the organisation's own things, with a body that fits the contract as far as JSON Schema tells. */
export function ownRequest(operation: Operation, own: Harvest, random: SeededRandom, seed: number): AttackRequest | null {
  const places = operation.positions.filter((position) => position.in === 'path')
  const names = places.map(({ path }) => path)
  const words = new Map(places.flatMap(({ path, schema }) => (schema.enum ? [[path, String(schema.enum[0])]] : [])))
  const ids = names.filter((name) => name !== 'index' && !words.has(name))
  const values = ids.length === 0 ? new Map<string, string>() : ownValues(own, operation.endpoint.service, ids, seed - 1)
  if (!values) return null
  const [sample] = operation.body ? fc.sample(fittingValue(operation.body), { numRuns: 1, seed }) : [undefined]
  return {
    params: Object.fromEntries(names.map((name) => [name, words.get(name) ?? values.get(name) ?? '0'])),
    query: requiredQuery(operation),
    body: withPlausibleTexts(operation, withOwnIds(operation, sample, own, seed), random),
    idempotencyKey: random.uuid(),
  }
}

/** The same where the organisation has nothing of the kind: about things of nobody. */
export function anyRequest(operation: Operation, own: Harvest, random: SeededRandom, seed: number): AttackRequest {
  const names = operation.positions.filter((position) => position.in === 'path').map(({ path }) => path)
  const request = ownRequest(operation, own, random, seed) ?? ownRequest(withoutPath(operation), own, random, seed)
  return {
    query: {},
    body: undefined,
    idempotencyKey: random.uuid(),
    ...request,
    params: { ...Object.fromEntries(names.map((name) => [name, random.uuid()])), ...request?.params },
  }
}

const withoutPath = (operation: Operation): Operation => ({ ...operation, positions: operation.positions.filter((position) => position.in !== 'path') })

const requiredQuery = ({ positions, endpoint }: Operation): Record<string, string> =>
  Object.fromEntries(
    positions
      .filter((position) => position.in === 'query' && endpoint.query?.shape[position.path]?.safeParse(undefined).success === false)
      .map(({ path, schema }) => [
        path,
        schema.format === 'date-time' ? new Date(path === 'from' ? Date.now() - 86_400_000 : Date.now()).toISOString() : 'canary',
      ]),
  )

/** What fits JSON Schema but not the stricter rules behind it: addresses, passwords, codes, moments to come. */
function withPlausibleTexts(operation: Operation, body: unknown, random: SeededRandom): unknown {
  const places = operation.positions.filter((position) => position.in === 'body' && hasMember(body, position.path))
  return places.reduce((filled, { path, schema }) => {
    if (schema.format === 'email' || /email$/i.test(path)) return withMember(filled, path, `wombat${random.integer(1e6)}@strangers.example`)
    if (schema.format === 'date-time') return withMember(filled, path, new Date(Date.now() + 86_400_000).toISOString())
    if (/password$/i.test(path)) return withMember(filled, path, `a password of wombat ${random.integer(1e6)}`)
    if (/(^|\.)code$/.test(path)) return withMember(filled, path, '123456')
    if (/(^|\.)url$/.test(path)) return withMember(filled, path, `https://127.0.0.1/${random.integer(1e6)}`)
    if (/permissions\.0$/.test(path)) return withMember(filled, path, 'crm.contact.read')
    if (/eventTypes\.0$/.test(path)) return withMember(filled, path, 'contact.created')
    if (/(name|title|text|body|subject|description)$/i.test(path)) return withMember(filled, path, `wombat ${random.integer(1e6)}`)
    return filled
  }, body)
}

/** Ids in the body name things of the organisation, so that a route gets as far as it can. */
function withOwnIds(operation: Operation, body: unknown, own: Harvest, nth: number): unknown {
  const places = operation.positions.filter((position) => position.in === 'body' && position.schema.format === 'uuid')
  return places.reduce((filled, { path }, index) => {
    const name = path.split('.').findLast((part) => part !== '0') ?? ''
    const value = ownValues(own, operation.endpoint.service, [name], nth)?.get(name)
    return value !== undefined && hasMember(filled, path) && (nth + index) % 4 > 0 ? withMember(filled, path, value) : filled
  }, body)
}

/** The same request with a value in one position. */
export function withValue(request: AttackRequest, position: Position, value: string): AttackRequest {
  if (position.in === 'path') return { ...request, params: { ...request.params, [position.path]: value } }
  if (position.in === 'query') return { ...request, query: { ...request.query, [position.path]: value } }
  if (position.in === 'idempotency-key') return { ...request, idempotencyKey: value }
  return { ...request, body: withMember(request.body, position.path, value) }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function hasMember(body: unknown, path: string): boolean {
  const [first = '', ...rest] = path.split('.')
  const inner = Array.isArray(body) ? body[0] : isObject(body) ? body[first] : undefined
  return rest.length === 0 ? inner !== undefined && inner !== null : hasMember(inner, rest.join('.'))
}

function withMember(body: unknown, path: string, value: string): unknown {
  const [first = '', ...rest] = path.split('.')
  const inner = (of: unknown): unknown => (rest.length === 0 ? value : withMember(of, rest.join('.'), value))
  if (first === '0') return [inner(Array.isArray(body) ? body[0] : undefined)]
  const members = isObject(body) ? body : {}
  return { ...members, [first]: inner(members[first]) }
}
