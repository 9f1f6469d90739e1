import { allEndpoints, allEvents, type Endpoint, type EventDefinition } from '@ai-crm/contracts'
import { z } from 'zod'
import type { GeneratedDocument } from './document.ts'

export const LOCK_PATH = 'packages/contracts/schema-lock.json'

/**
 * packages/contracts/schema-lock.json: the JSON Schema of every event and endpoint. Committed, so that no change of a
 * contract goes unseen: additive changes are agreed by regenerating it, a break is a new version beside the old one.
 */
export function schemaLock(): GeneratedDocument {
  const lock = {
    events: Object.fromEntries(allEvents.map((event) => [`${event.type}@${event.version}`, eventContract(event)] as const).toSorted(byName)),
    endpoints: Object.fromEntries(allEndpoints.map((endpoint) => [endpoint.name, endpointContract(endpoint)] as const).toSorted(byName)),
  }
  return { path: LOCK_PATH, text: `${JSON.stringify(lock, null, 1)}\n` }
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1)

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

const eventContract = (event: EventDefinition) => ({ aggregate: event.aggregateType, data: schemaOf(event.data, 'output') })

const endpointContract = ({ method, path, access, idempotency, concurrency, status, produces, deprecated, params, query, body, response }: Endpoint) => ({
  route: `${method} ${path}`,
  access,
  idempotency,
  status,
  ...(concurrency ? { concurrency } : {}),
  ...(produces ? { produces } : {}),
  ...(deprecated ? { deprecated } : {}),
  ...(params ? { params: schemaOf(params, 'input') } : {}),
  ...(query ? { query: schemaOf(query, 'input') } : {}),
  ...(body ? { body: schemaOf(body, 'input') } : {}),
  ...(response ? { response: schemaOf(response, 'output') } : {}),
})

/** What differs between two locks, one line per place: `+ added`, `- removed`, `~ changed`. */
export function describeChanges(before: unknown, after: unknown, place = ''): string[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => describeChanges(before[name], after[name], place === '' ? name : `${place} › ${name}`))
  }
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)]
  if (was === is) return []
  if (was === undefined) return [`+ ${place}`]
  if (is === undefined) return [`- ${place}`]
  return [`~ ${place}: ${was} → ${is}`]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
