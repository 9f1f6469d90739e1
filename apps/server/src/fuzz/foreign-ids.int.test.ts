import { fittingValues } from '@ai-crm/testing/http/arbitrary-of-schema'
import { expect, it } from 'vitest'
import { operations, startFuzzedProduct, type Operation } from './product-fixture.ts'

const product = await startFuzzedProduct()
const stranger = await product.service.signIn({ role: 'owner' })

/** What a stranger hears: the answer without the id of the request. */
async function heard(operation: Operation, id: string, body: unknown) {
  const params = Object.fromEntries(
    operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => [name, name === 'consumer' ? 'none' : id]),
  )
  const answer = await product.send(operation, stranger.token, { params, body, version: 1 })
  const { requestId: _requestId, ...shown } = answer.body === '' ? {} : answer.json()
  return { status: answer.statusCode, shown: JSON.stringify(shown).replaceAll(id, '') }
}

/** A body that the operation accepts: anything but 400 for an id that nobody has. */
async function acceptedBody(operation: Operation): Promise<unknown> {
  if (!operation.body) return undefined
  for (const body of fittingValues(operation.body, { seed: 1, most: 200 })) if ((await heard(operation, crypto.randomUUID(), body)).status !== 400) return body
  throw new Error(`No body for ${operation.operationId} was found.`)
}

it('knows things of another organisation to try with', () => {
  expect(product.ids.length).toBeGreaterThanOrEqual(5)
})

const withId = operations.filter(({ path }) => path.includes('{'))
it.each(withId.map((operation) => [operation.operationId, operation] as const))(
  "answers %s about another organisation's things as about things that do not exist",
  async (_name, operation) => {
    const body = await acceptedBody(operation)
    const nothing = await heard(operation, crypto.randomUUID(), body)
    for (const id of product.ids) expect(await heard(operation, id, body)).toEqual(nothing)
  },
)
