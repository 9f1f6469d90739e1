import { allEndpoints, API_PREFIX, INTERNAL_PREFIX, type Endpoint } from '@ai-crm/contracts'
import type { Schema } from '@ai-crm/testing/http/arbitrary-of-schema'
import { z } from 'zod'

/** One place of a request where an id or a text can stand. */
export interface Position {
  readonly in: 'path' | 'query' | 'body' | 'idempotency-key'
  /** `contactId`, `filter.owner`, `items.0.id`: names of members, of arrays the first item. */
  readonly path: string
  readonly schema: Schema
}

/** A route of the contracts as an attacker sees it. */
export interface Operation {
  readonly name: string
  readonly endpoint: Endpoint
  readonly url: string
  readonly body: Schema | undefined
  readonly positions: readonly Position[]
}

const ANYTHING = { type: 'string' } as const

const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema

const members = (type: z.ZodType | undefined): [string, Schema][] => (type ? Object.entries(schemaOf(type).properties ?? {}) : [])

/** Everything in a schema that may be a string, at any depth. */
function textsIn(schema: Schema, path: readonly string[] = []): { path: string; schema: Schema }[] {
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (choices.length > 0) return dedupe(choices.flatMap((choice) => textsIn(choice, path)))
  if (schema.properties) return Object.entries(schema.properties).flatMap(([name, member]) => textsIn(member, [...path, name]))
  if (schema.items) return textsIn(schema.items, [...path, '0'])
  return schema.type === 'string' && !schema.enum && schema.const === undefined ? [{ path: path.join('.'), schema }] : []
}

const dedupe = (found: readonly { path: string; schema: Schema }[]) => [...new Map(found.map((each) => [each.path, each])).values()]

function positionsOf(endpoint: Endpoint, body: Schema | undefined): Position[] {
  const params = [...new Set(Array.from(endpoint.path.matchAll(/:(\w+)/g), (match) => match[1] ?? ''))]
  const described = new Map(members(endpoint.params))
  return [
    ...params.map((path) => ({ in: 'path', path, schema: described.get(path) ?? ANYTHING }) as const),
    ...members(endpoint.query).flatMap(([name, schema]) => textsIn(schema, [name]).map((found) => ({ in: 'query', ...found }) as const)),
    ...(body ? textsIn(body).map((found) => ({ in: 'body', ...found }) as const) : []),
    ...(endpoint.idempotency === 'key' ? [{ in: 'idempotency-key', path: 'idempotency-key', schema: ANYTHING } as const] : []),
  ]
}

/** Every route that exists, also those between services: a new one is attacked from its declaration on. */
export const operations: readonly Operation[] = allEndpoints.map((endpoint) => {
  const body = endpoint.body ? schemaOf(endpoint.body) : undefined
  return {
    name: endpoint.name,
    endpoint,
    url: (endpoint.access === 'internal' ? INTERNAL_PREFIX : API_PREFIX) + endpoint.path,
    body,
    positions: positionsOf(endpoint, body),
  }
})
