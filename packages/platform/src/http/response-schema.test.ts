import { allEndpoints, Envelope } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { compileSerialiser, serialiserOf } from './response-schema.ts'

const serialised = (schema: z.ZodType, value: unknown): unknown => JSON.parse(serialiserOf(schema)(value))

const Inner = z.object({ a: z.string(), b: z.number().nullable() })
it.each<[string, z.ZodType, unknown]>([
  ['nullable scalars', z.object({ s: z.string().nullable(), n: z.number().nullable(), b: z.boolean().nullable() }), { s: null, n: null, b: null }],
  ['nullable scalars with values', z.object({ s: z.string().nullable(), n: z.number().nullable(), b: z.boolean().nullable() }), { s: '', n: 0, b: false }],
  ['a nullable object', z.object({ o: Inner.nullable() }), { o: null }],
  ['a nullable object with a value', z.object({ o: Inner.nullable() }), { o: { a: 'x', b: null } }],
  ['a nullable array', z.object({ l: z.array(Inner).nullable() }), { l: [{ a: 'x', b: 2 }] }],
  ['a nullable enum', z.object({ e: z.enum(['x', 'y']).nullable() }), { e: 'y' }],
  ['an optional field that is absent', z.object({ s: z.string().optional() }), {}],
  ['a record of unknown things', z.object({ r: z.record(z.string(), z.unknown()) }), { r: { a: [1, { b: null }], c: 'x' } }],
  ['unknown', z.object({ u: z.unknown() }), { u: { deep: [{ er: 1 }] } }],
  [
    'a union of shapes',
    z.object({ u: z.discriminatedUnion('k', [z.object({ k: z.literal('a'), x: z.number() }), z.object({ k: z.literal('b'), y: z.string() })]) }),
    { u: { k: 'b', y: 'z' } },
  ],
  ['a tuple of texts and numbers', z.object({ t: z.array(z.union([z.string(), z.number()])) }), { t: ['a', 1] }],
  ['control characters and quotes', z.object({ s: z.string() }), { s: 'a"\\\u0001\u2028😀' }],
])('writes %s as JSON.stringify would', (_what, schema, value) => {
  expect(serialised(schema, value)).toEqual(value)
})

it('never sends a field that the contract does not declare, at any depth', () => {
  const schema = z.object({ items: z.array(Inner), nested: Inner.nullable() })
  const secret = { a: 'x', b: 1, passwordHash: '$argon2' }
  expect(serialised(schema, { items: [secret], nested: secret, internal: 1 })).toEqual({ items: [{ a: 'x', b: 1 }], nested: { a: 'x', b: 1 } })
})

it.each(allEndpoints.flatMap(({ name, response }) => (response ? [[name, response] as const] : [])))('writes the answer of %s', (_name, response) => {
  expect(() => compileSerialiser(response)).not.toThrow()
})

it('keeps an envelope whole', () => {
  const envelope = {
    id: crypto.randomUUID(),
    type: 'a.b',
    version: 1,
    organizationId: crypto.randomUUID(),
    aggregate: { type: 'a', id: crypto.randomUUID(), version: 3 },
    actor: { type: 'user', id: null },
    occurredAt: '2026-01-01T00:00:00.000Z',
    correlationId: 'c',
    causationId: null,
    depth: 0,
    trace: null,
    data: { x: [1, null] },
  }
  expect(serialised(Envelope, envelope)).toEqual(envelope)
})
