import fc from 'fast-check'

/** JSON Schema as our OpenAPI document contains it. */
export interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** Values on which parsers, databases and people who forget a check break. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202egnp.exe',
  '😀'.repeat(50),
  'x'.repeat(9_000),
  "' or 1=1 --",
  '%',
  '_%\\',
  '$1',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '\r\nX-Injected: 1',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e308,
  [],
  {},
  [[]],
  { a: { b: [null] } },
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'i'.repeat(64) + '@example.org',
  '"a b"@example.org',
  'ß@ı.example',
]
export const hostileValue: fc.Arbitrary<unknown> = fc.constantFrom(...HOSTILE)

type MakeArbitrary = (schema: Schema) => fc.Arbitrary<unknown>

/** Mostly values that fit the schema, now and then a hostile one in their place, unknown or missing fields. */
export function arbitraryOfSchema(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, arbitraryOfSchema) }, { weight: 1, arbitrary: hostileValue })
}

/** Values that fit the schema, as far as JSON Schema tells. */
export const fittingValue = (schema: Schema): fc.Arbitrary<unknown> => fitting(schema, fittingValue)

const TAKEN_BY_MOST = 5

/** The same values for a seed, one after another; few are made before more are asked for. */
export function* fittingValues(schema: Schema, { seed, most }: { readonly seed: number; readonly most: number }): Generator {
  const arbitrary = fittingValue(schema)
  yield* fc.sample(arbitrary, { numRuns: TAKEN_BY_MOST, seed })
  yield* fc.sample(arbitrary, { numRuns: most, seed }).slice(TAKEN_BY_MOST)
}

function fitting(schema: Schema, inner: MakeArbitrary): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(inner))
  switch (schema.type ?? 'anything') {
    case 'object':
      return objectOf(schema, inner)
    case 'array':
      return fc.array(inner(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 5, 5) })
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 2 ** 31 - 1, 2 ** 31 - 1) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema)
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

function objectOf({ properties = {}, required = [] }: Schema, inner: MakeArbitrary): fc.Arbitrary<unknown> {
  const shape = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, inner(property)]))
  const object = fc.record(shape, { requiredKeys: required.filter((name) => name in shape) })
  if (inner === fittingValue) return object
  const extended = fc.tuple(object, fc.string({ maxLength: 10 }), hostileValue).map(([value, name, extra]) => ({ ...value, [name]: extra }))
  return fc.oneof({ weight: 12, arbitrary: object }, { weight: 1, arbitrary: extended })
}

function textOf({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.emailAddress()
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  // Secrets and codes have a form; a pattern that looks around cannot be turned into texts.
  if (pattern !== undefined && format === undefined && !pattern.includes('(?')) return textsOf(pattern)
  return fc.string({ minLength, maxLength: Math.min(maxLength, 300), unit: 'grapheme' })
}

/** By pattern: taking one apart costs more than a thousand texts of it, and a handful of patterns stands in all schemas. */
const textsByPattern = new Map<string, fc.Arbitrary<string>>()

function textsOf(pattern: string): fc.Arbitrary<string> {
  const texts = textsByPattern.get(pattern) ?? fc.stringMatching(new RegExp(pattern))
  textsByPattern.set(pattern, texts)
  return texts
}
