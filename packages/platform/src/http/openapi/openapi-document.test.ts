import { allEndpoints, PERMISSIONS } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { createOpenApiDocument } from './openapi-document.ts'

interface Operation {
  operationId: string
  'x-permission': string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: { 'application/json': { schema: { additionalProperties?: boolean } } } }
  responses: Record<string, unknown>
}
const text = JSON.stringify(createOpenApiDocument())
const document: { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown>; headers: Record<string, unknown> } } =
  JSON.parse(text)
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))

it('describes every endpoint of the product once', () => {
  const names = operations.map(({ operationId }) => operationId)
  expect(names.toSorted()).toEqual(allEndpoints.map(({ name }) => name).toSorted())
})

it('refers to nothing that it does not contain', () => {
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference)
  const known = (['schemas', 'headers'] as const).flatMap((kind) => Object.keys(document.components[kind]).map((name) => `#/components/${kind}/${name}`))
  expect([...new Set(references)].filter((reference) => !known.includes(reference ?? ''))).toEqual([])
})

it('says of each operation who may call it, and what it asks for', () => {
  for (const operation of operations) {
    const isKnown = operation['x-permission'] in PERMISSIONS || ['public', 'signed-in'].includes(operation['x-permission'])
    expect(isKnown, operation.operationId).toBe(true)
    expect(operation.responses['400'], operation.operationId).toBeDefined()
  }
  const update = operations.find(({ operationId }) => operationId === 'updateContact')
  const required = update?.parameters.filter(({ required: isRequired }) => isRequired).map(({ name }) => name)
  expect(required).toEqual(['contactId', 'Idempotency-Key', 'If-Match'])
  expect(Object.keys(update?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401', '403', '404', '409', '422', '428', '429']))
})

it('tells that unknown fields are refused, as they are', () => {
  // Of alternatives, each.
  type Shape = { additionalProperties?: unknown }
  const alternativesOf = (schema: Shape & { anyOf?: Shape[]; oneOf?: Shape[] }) => schema.anyOf ?? schema.oneOf ?? [schema]
  const open = operations.filter(
    ({ requestBody }) =>
      requestBody && alternativesOf(requestBody.content['application/json'].schema).some(({ additionalProperties }) => additionalProperties !== false),
  )
  expect(open.map(({ operationId }) => operationId)).toEqual([])
})

it('tells of each operation its cost, deadline, limits, priority and how a repeat is made harmless', () => {
  for (const operation of operations)
    for (const fact of ['x-idempotency', 'x-rate-limit-cost', 'x-timeout-ms', 'x-body-limit-bytes', 'x-priority'])
      expect(operation, operation.operationId).toHaveProperty(fact)
})

it('names path parameters as the paths do', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const operation of Object.values(methods))
      expect(operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath)
  }
})
