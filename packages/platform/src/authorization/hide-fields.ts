import { CUSTOM_PREFIX, recordMarkOf, rulesWithin, type Endpoint, type FieldRules, type RecordMark } from '@ai-crm/contracts'
import { z } from 'zod'

/** Gives a copy of the answer without what the rules hide. */
export type FieldHider = (answer: unknown, rules: FieldRules) => unknown

type Values = Readonly<Record<string, unknown>>

/** Compiles once where in the endpoint's answers records stand; null where there are none. */
export const hiderOf = (endpoint: Endpoint): FieldHider | null => (endpoint.response ? compile(endpoint.response) : null)

function compile(schema: z.ZodType): FieldHider | null {
  const mark = recordMarkOf(schema)
  if (mark) return (value, rules) => hideIn(value, mark, rules)
  if (schema instanceof z.ZodArray) return each(inner(schema.element))
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return inner(schema.unwrap())
  return schema instanceof z.ZodObject ? compileObject(schema) : null
}

/** Zod's accessors are typed by its core, whose schemas are the ones of this package. */
const inner = (schema: unknown): FieldHider | null => (schema instanceof z.ZodType ? compile(schema) : null)

function each(hide: FieldHider | null): FieldHider | null {
  return hide && ((value, rules) => (Array.isArray(value) ? value.map((item) => hide(item, rules)) : value))
}

function compileObject(schema: z.ZodObject): FieldHider | null {
  const hiders = Object.entries(schema.shape).flatMap(([name, part]) => {
    const hide = inner(part)
    return hide ? [{ name, hide }] : []
  })
  if (hiders.length === 0) return null
  return (value, rules) => {
    if (!isValues(value)) return value
    return { ...value, ...Object.fromEntries(hiders.filter(({ name }) => name in value).map(({ name, hide }) => [name, hide(value[name], rules)])) }
  }
}

function hideIn(value: unknown, { records, shape }: RecordMark, rules: FieldRules): unknown {
  const ruled = records.flatMap((record) => Object.entries(rulesWithin(record, rules[record])))
  const hidden = new Set(ruled.flatMap(([field, rule]) => (rule === 'hidden' ? [field] : [])))
  if (hidden.size === 0 || !isValues(value)) return value
  const shown = without(value, hidden)
  return shape === 'event' && isValues(shown['changes']) ? { ...shown, changes: without(shown['changes'], hidden) } : shown
}

/** A custom field is hidden by `custom.<id>`, which stands in `custom`. */
const without = (values: Values, hidden: ReadonlySet<string>): Values =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !hidden.has(name))
      .map(([name, value]) => [name, name === 'custom' && isValues(value) ? withoutCustom(value, hidden) : value]),
  )

const withoutCustom = (custom: Values, hidden: ReadonlySet<string>): Values =>
  Object.fromEntries(Object.entries(custom).filter(([fieldId]) => !hidden.has(CUSTOM_PREFIX + fieldId)))

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)
