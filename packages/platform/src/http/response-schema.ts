import { recordMarkOf } from '@ai-crm/contracts'
import { build } from 'fast-json-stringify'
import { z } from 'zod'
import { shapeCheckOf } from './shape-check.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

type Serialise = (value: unknown) => string
const compiled = new WeakMap<z.ZodType, Serialise>()

/** Writes answers of this shape. Compiled for the first one: of the hundreds of routes of a process, few are asked as soon as it starts. */
export const serialiserOf =
  (response: z.ZodType): Serialise =>
  (value) => {
    const serialise = compiled.get(response) ?? compileSerialiser(response)
    compiled.set(response, serialise)
    return serialise(value)
  }

/**
 * Throws on a shape that cannot be written. What is exactly of this shape is written by V8 itself, which is twice as fast as the compiled
 * serialiser; whatever is not, that one cuts to it.
 */
export function compileSerialiser(response: z.ZodType): Serialise {
  const shape = serialiserSchema(response)
  const isOfShape = shapeCheckOf(shape)
  const schema: object = shape
  const serialise = build(schema)
  return (value) => (isOfShape(value) ? JSON.stringify(value) : serialise(value))
}

/**
 * JSON Schema for the compiled serialiser: the shape alone. Fields outside of it are never sent; formats and
 * limits are left out, for they cost time and change nothing in what is written.
 */
function serialiserSchema(response: z.ZodType): JsonSchema {
  return z.toJSONSchema(response, {
    target: 'draft-7',
    io: 'output',
    override: ({ zodSchema, jsonSchema }) => {
      // A role may hide fields of a record: they are left out then.
      if (zodSchema instanceof z.ZodType && recordMarkOf(zodSchema)) delete jsonSchema.required
      simplify(jsonSchema)
    },
  })
}

const RELEVANT: ReadonlySet<string> = new Set([
  'type',
  'properties',
  'required',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  'additionalProperties',
  'nullable',
  '$ref',
  'definitions',
  'const',
  'enum',
])

function simplify(schema: JsonSchema): void {
  for (const key of Object.keys(schema)) if (!RELEVANT.has(key)) delete schema[key]
  if (schema.enum?.every((value) => typeof value === 'string')) replace(schema, { type: 'string' })
  const inner = nullableOf(schema)
  if (inner) replace(schema, { ...inner, nullable: true })
}

/** `anyOf: [X, null]` costs a validation per value; `nullable` is a comparison. Only where X is no union itself. */
function nullableOf(schema: JsonSchema): JsonSchema | null {
  const [inner, nothing, ...more] = schema.anyOf ?? []
  const isPlain = typeof inner === 'object' && typeof inner.type === 'string'
  const isNull = typeof nothing === 'object' && nothing.type === 'null'
  return isPlain && isNull && more.length === 0 ? inner : null
}

function replace(schema: JsonSchema, by: JsonSchema): void {
  for (const key of Object.keys(schema)) delete schema[key]
  Object.assign(schema, by)
}
