import { Problem } from '@ai-crm/contracts'
import { hostileValue } from '@ai-crm/testing/http/arbitrary-of-schema'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { expect, it } from 'vitest'
import { operations, startFuzzedProduct, type Operation } from './product-fixture.ts'

/** Reliability B1, below the schema: what no client library would send, to every operation. */
const product = await startFuzzedProduct()
const nobodys = crypto.randomUUID()
const urlOf = ({ path }: Operation): string => `/api/v1${path.replaceAll(/\{\w+\}/g, nobodys)}`
const INTERNAL = /node_modules|\bat .+\.ts:\d|violates|relation "|syntax error|pg_|organization_id/

async function send(operation: Operation, request: Pick<InjectOptions, 'payload' | 'query'> & { headers?: Record<string, string> }) {
  const { headers, ...rest } = request
  const answer = await product.service.app.inject({
    method: operation.method,
    url: urlOf(operation),
    ...rest,
    headers: { authorization: `Bearer ${product.ownerToken}`, 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"', ...headers },
  })
  expect(answer.body).not.toMatch(INTERNAL)
  if (answer.statusCode >= 400) expect(Problem.parse(answer.json()).status).toBe(answer.statusCode)
  return answer.statusCode
}

const json = { 'content-type': 'application/json' }
const nested = (open: string, close: string, depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`

/** Bodies that are not what the endpoint takes, whatever it takes. */
const bodies: Readonly<Record<string, { headers: Record<string, string>; payload: string | Buffer }>> = {
  'objects in objects, 10,000 deep': { headers: json, payload: nested('{"a":', '}', 10_000) },
  'arrays in arrays, 10,000 deep': { headers: json, payload: nested('[', ']', 10_000) },
  __proto__: { headers: json, payload: '{"__proto__":{"role":"owner"}}' },
  'constructor.prototype': { headers: json, payload: '{"constructor":{"prototype":{"role":"owner"}}}' },
  'a key twice': { headers: json, payload: '{"name":"A","name":"B"}' },
  NUL: { headers: json, payload: String.raw`{"name":"\u0000"}` },
  'half of a character': { headers: json, payload: String.raw`{"name":"\ud800"}` },
  'bytes that are not UTF-8': { headers: json, payload: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]) },
  'a number of 100,000 digits': { headers: json, payload: `{"name":${'9'.repeat(100_000)}}` },
  'a number beyond all numbers': { headers: json, payload: '{"name":1e999999}' },
  'JSON as text': { headers: { 'content-type': 'text/plain' }, payload: '{}' },
  'XML with an entity': { headers: { 'content-type': 'application/xml' }, payload: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>' },
  'a form': { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'name=a&name=b' },
  'UTF-16': { headers: { 'content-type': 'application/json; charset=utf-16' }, payload: Buffer.from('{}', 'utf16le') },
  compressed: { headers: { ...json, 'content-encoding': 'gzip' }, payload: Buffer.from('1f8b', 'hex') },
}
const withBody = operations.filter(({ body }) => body)

it.each(Object.entries(bodies))('refuses a body that is %s, at every operation that takes one', async (_what, request) => {
  for (const operation of withBody) {
    const status = await send(operation, request)
    expect(status, operation.operationId).toBeGreaterThanOrEqual(400)
    expect(status, operation.operationId).toBeLessThan(500)
  }
})

it('refuses a parameter that comes twice, is unknown or is an object, instead of guessing', async () => {
  for (const operation of operations) {
    const known = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    const [name] = known
    expect(await send(operation, { query: { 'no-such-parameter': '1' } }), operation.operationId).toBeGreaterThanOrEqual(400)
    if (!name) continue
    expect(await send(operation, { query: { [name]: ['a', 'b'] } }), operation.operationId).toBe(400)
    expect(await send(operation, { query: { [`${name}[x]`]: '1' } }), operation.operationId).toBe(400)
  }
})

it('answers hostile words in headers by its contract', async () => {
  const [list] = operations.filter(({ operationId }) => operationId === 'listContacts')
  if (!list) throw new Error('There is no list of contacts.')
  const word = hostileValue.map((value) =>
    String(value)
      .replaceAll(/[^\x20-\x7E]/g, '?')
      .slice(0, 2_000),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('if-match', 'idempotency-key', 'x-request-id', 'x-correlation-id', 'traceparent', 'accept', 'cookie', 'host'),
      word,
      async (name, value) => {
        expect(await send(list, { headers: { [name]: value } })).toBeLessThan(500)
      },
    ),
    { numRuns: 200, seed: 20_261_126 },
  )
})
