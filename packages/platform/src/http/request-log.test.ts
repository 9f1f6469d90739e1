import { defineEndpoints } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens } from '@ai-crm/testing/http'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { serviceKit } from '../service.ts'
import { createLogger } from '../telemetry/logger.ts'
import { createApp } from './create-app.ts'
import { mountService } from './mount-service.ts'

const endpoints = defineEndpoints('crm', {
  makeThing: {
    method: 'POST',
    path: '/things/:thingId',
    summary: 'Make',
    access: 'crm.contact.create',
    idempotency: 'exempt',
    status: 204,
    params: z.object({ thingId: z.uuid() }),
    body: z.object({ name: z.string() }),
  },
})
const kit = serviceKit<unknown>()('crm', {})
const tokens = await createTestTokens()
const lines: Record<string, unknown>[] = []
const app = createApp({ log: createLogger({ level: 'info', isPretty: false, write: (line) => void lines.push(JSON.parse(line)) }) })
mountService(app, { runtime: createBareRuntime([kit.handle(endpoints.makeThing, async () => undefined)]), verifier: tokens.verifier })

const THING = '0192f0a0-0000-7000-8000-000000000001'
const make = (headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: `/api/v1/things/${THING}?token=in-the-address`, headers, payload: { name: 'in the body' } })

it('writes down who was refused what: person, organisation, route and request, and nothing that was sent', async () => {
  const { authorization, principal } = await tokens.bearer('viewer')
  const answer = await make({ authorization })
  expect(answer.statusCode).toBe(403)
  const { userId, organizationId } = principal
  const refusal = { userId, organizationId, method: 'POST', route: '/api/v1/things/:thingId', status: 403, requestId: answer.headers['x-request-id'] }
  expect(lines.splice(0)).toEqual([expect.objectContaining(refusal)])
})

it('writes down a refusal of whoever did not say who they are, or not truly', async () => {
  for (const headers of [{}, { authorization: 'Bearer forged.by.somebody' }]) {
    const answer = await make(headers)
    expect(answer.statusCode).toBe(401)
    const [line] = lines.splice(0)
    expect(line).toMatchObject({ route: '/api/v1/things/:thingId', status: 401, requestId: answer.headers['x-request-id'] })
    expect(JSON.stringify(line)).not.toMatch(/in-the-address|in the body|forged/)
  }
})
