import { allEndpoints, defineEndpoints, Problem } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens, silentLog } from '@ai-crm/testing/http'
import { expect, it } from 'vitest'
import { serviceKit } from '../service.ts'
import { createApp } from './create-app.ts'
import { mountService } from './mount-service.ts'
import { createOpenApiDocument } from './openapi/openapi-document.ts'

const endpoints = defineEndpoints('crm', {
  listPeople: {
    method: 'GET',
    path: '/people',
    summary: 'Old',
    access: 'public',
    idempotency: 'safe',
    status: 204,
    deprecated: { since: '2026-11-23', sunset: '2027-11-23', replacement: 'listContacts' },
  },
  listNow: { method: 'GET', path: '/now', summary: 'New', access: 'public', idempotency: 'safe', status: 204, since: '2026-11-23' },
})
const kit = serviceKit<unknown>()('crm', {})
const tokens = await createTestTokens()
const app = createApp({ log: silentLog })
mountService(app, {
  runtime: createBareRuntime(Object.values(endpoints).map((endpoint) => kit.handle(endpoint, async () => undefined))),
  verifier: tokens.verifier,
})
const get = (path: string, headers = {}) => app.inject({ url: `/api/v1${path}`, headers })

it('announces in every answer that an endpoint will go, when, and what takes its place', async () => {
  const { statusCode, headers } = await get('/people')
  expect([statusCode, headers['api-version']]).toEqual([204, '1'])
  expect(headers['deprecation']).toBe(`@${Date.UTC(2026, 10, 23) / 1000}`)
  expect(headers['sunset']).toBe('Tue, 23 Nov 2027 00:00:00 GMT')
  expect(headers['link']).toBe('</api/v1/contacts>; rel="successor-version"')
  expect((await get('/now')).headers).not.toHaveProperty('deprecation')
})

it('refuses a version that it does not speak, and names the one that it does', async () => {
  expect((await get('/now', { 'api-version': '1' })).statusCode).toBe(204)
  const refused = await get('/now', { 'api-version': '2' })
  expect(Problem.parse(refused.json())).toMatchObject({ status: 400, code: 'platform.api_version.unknown', context: { supported: ['1'] } })
})

it('says the same in the OpenAPI document', () => {
  const { paths }: { paths: Record<string, { get: object }> } = JSON.parse(JSON.stringify(createOpenApiDocument(Object.values(endpoints))))
  expect(paths['/people']?.get).toMatchObject({ deprecated: true, 'x-deprecated': { sunset: '2027-11-23' } })
  expect(paths['/now']?.get).toMatchObject({ 'x-since': '2026-11-23' })
})

it('gives everybody half a year, and names a replacement that exists', () => {
  for (const { name, deprecated } of [...allEndpoints, endpoints.listPeople]) {
    if (!deprecated) continue
    const days = (Date.parse(deprecated.sunset) - Date.parse(deprecated.since)) / 86_400_000
    expect(days, name).toBeGreaterThanOrEqual(180)
    expect(allEndpoints.map((endpoint) => endpoint.name)).toContain(deprecated.replacement)
  }
})
