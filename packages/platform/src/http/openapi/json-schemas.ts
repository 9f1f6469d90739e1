import * as contracts from '@ai-crm/contracts'
import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

/** Turns a schema of the contracts into JSON Schema 2020-12; `input` is what is sent, `output` what is answered. */
export type ToJsonSchema = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType

/** Contract schemas under the names that the contracts export them by. */
function nameRegistry() {
  const registry = z.registry<{ id: string }>()
  for (const [name, value] of Object.entries(contracts)) if (isSchema(value) && !registry.has(value)) registry.add(value, { id: name })
  return registry
}

/**
 * A converter that puts what the contracts name into `components` and refers to it there. Requests are written out
 * in place: their form differs from the answer's (defaults make fields optional).
 */
export function jsonSchemaConverter(components: Record<string, JsonSchema>): ToJsonSchema {
  const registry = nameRegistry()
  return (schema, io) => {
    if (io === 'input') return closed(withoutDialect(z.toJSONSchema(schema, { io, unrepresentable: 'any' })))
    const { $defs, ...converted } = withoutDialect(z.toJSONSchema(schema, { io, metadata: registry, unrepresentable: 'any' }))
    for (const [name, definition] of Object.entries($defs ?? {})) components[name] ??= refer(definition)
    const { id } = registry.get(schema) ?? {}
    if (id === undefined) return refer(converted)
    components[id] ??= refer(converted)
    return { $ref: `#/components/schemas/${id}` }
  }
}

/** Unknown fields of a request are refused, also where the contract's object does not say so. */
const closed = (schema: JsonSchema): JsonSchema => ('properties' in schema ? { ...schema, additionalProperties: false } : schema)

function withoutDialect({ $schema: _dialect, ...schema }: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema {
  return schema
}

/** Local definitions become components. */
function refer(schema: unknown): JsonSchema {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')))
}
