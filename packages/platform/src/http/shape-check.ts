import type { z } from 'zod'

type JsonSchema = z.core.JSONSchema._JSONSchema

/** Whether a value is what the schema says and nothing more, all of it such that `JSON.stringify` writes it as it stands there. */
export type ShapeCheck = (value: unknown) => boolean

const isNothing: ShapeCheck = () => false

/** Says no where it cannot tell: of schemas that are referred to, joined or recursive. */
export function shapeCheckOf(schema: JsonSchema): ShapeCheck {
  if (typeof schema === 'boolean' || schema.$ref !== undefined || schema.allOf) return isNothing
  const check = checkOf(schema)
  return schema['nullable'] === true ? (value) => value === null || check(value) : check
}

function checkOf(schema: Exclude<JsonSchema, boolean>): ShapeCheck {
  const among = schema.anyOf ?? schema.oneOf
  if (among) return anyOf(among.map(shapeCheckOf))
  if ('const' in schema) return (value) => value === schema.const
  const { type } = schema
  if (Array.isArray(type)) return anyOf(type.map((one) => checkOf({ ...schema, type: one })))
  switch (type) {
    case 'string':
      return (value) => typeof value === 'string'
    case 'integer':
      return Number.isInteger
    case 'number':
      return Number.isFinite
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'null':
      return (value) => value === null
    case 'array':
      return Array.isArray(schema.items) || schema.items === undefined ? isNothing : listOf(shapeCheckOf(schema.items))
    case 'object':
      return objectOf(schema)
    case undefined:
    default:
      return isNothing
  }
}

const anyOf =
  (checks: readonly ShapeCheck[]): ShapeCheck =>
  (value) => {
    for (const check of checks) if (check(value)) return true
    return false
  }

const listOf =
  (check: ShapeCheck): ShapeCheck =>
  (value) => {
    if (!Array.isArray(value)) return false
    for (const item of value) if (!check(item)) return false
    return true
  }

function objectOf({ properties = {}, required = [], additionalProperties }: Exclude<JsonSchema, boolean>): ShapeCheck {
  const known = new Map(Object.entries(properties).map(([name, part]) => [name, shapeCheckOf(part)]))
  const other = typeof additionalProperties === 'object' ? shapeCheckOf(additionalProperties) : isNothing
  const demanded = new Set(required)
  return (value) => {
    if (!isValues(value) || 'toJSON' in value) return false
    let found = 0
    for (const name in value) {
      if (!(known.get(name) ?? other)(value[name])) return false
      if (demanded.has(name)) found++
    }
    return found === demanded.size
  }
}

const isValues = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
