import { Problem } from '@ai-crm/contracts'
import { arbitraryOfSchema, hostileValue, type Schema } from '@ai-crm/testing/http/arbitrary-of-schema'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { operations, startFuzzedProduct, type Operation, type RequestParts } from './product-fixture.ts'

/** Requests per operation; 10,000 by `npm run test:security` (reliability B1). */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60)
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_123)
/** Where it is set, an operation is left after this time, whatever is still to do, and says how far it came. */
const SECONDS = Number(process.env['SECONDS_PER_OPERATION'] ?? 0)

const product = await startFuzzedProduct()

function requestOf(operation: Operation): fc.Arbitrary<RequestParts> {
  const within = (place: string) => operation.parameters.filter((parameter) => parameter.in === place)
  const knownId = fc.constantFrom(...product.ids)
  const param = (schema: Schema) => fc.oneof({ weight: 6, arbitrary: knownId }, { weight: 1, arbitrary: arbitraryOfSchema(schema) })
  return fc.record({
    params: fc.record(Object.fromEntries(within('path').map(({ name, schema }) => [name, param(schema)]))),
    query: fc.record(Object.fromEntries(within('query').map(({ name, schema }) => [name, arbitraryOfSchema(schema)])), { requiredKeys: [] }),
    body: operation.body ? arbitraryOfSchema(operation.body) : fc.constant(undefined),
    version: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) }, { weight: 1, arbitrary: hostileValue }),
  })
}

/** Words that only our own code, SQL or stack traces would bring into an answer. */
const INTERNAL = /node_modules|\bat .+\.ts:\d|violates|relation "|syntax error|pg_|organization_id/

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  'answers whatever is sent to %s by its contract: no failure, nothing internal, in time',
  async (name, operation) => {
    let done = 0
    const check = fc.asyncProperty(requestOf(operation), async (request) => {
      const answer = await product.send(operation, product.ownerToken, request)
      done += 1
      // An answer that its schema does not allow is a fault of ours here: 500. One that takes longer than its endpoint may is 504.
      expect(answer.statusCode, answer.body).toBeLessThan(500)
      if (answer.statusCode < 400) return
      expect(Problem.parse(answer.json()).status).toBe(answer.statusCode)
      expect(answer.body).not.toMatch(INTERNAL)
    })
    const limit = SECONDS > 0 ? { interruptAfterTimeLimit: SECONDS * 1000 } : {}
    await fc.assert(check, { numRuns: RUNS, seed: SEED, endOnFailure: true, ...limit })
    if (SECONDS > 0) console.log(`B1 ${name}: ${done} requests, seed ${SEED}`)
  },
  RUNS * 500 + 20_000,
)
