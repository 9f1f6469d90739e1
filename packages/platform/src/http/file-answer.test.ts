import { PassThrough } from 'node:stream'
import { defineEndpoints } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens, silentLog } from '@ai-crm/testing/http'
import { afterAll, expect, it, vi } from 'vitest'
import { serviceKit } from '../service.ts'
import { createApp } from './create-app.ts'
import { mountService } from './mount-service.ts'
import { revokeSession } from './revocation.ts'

const endpoints = defineEndpoints('crm', {
  exportThings: {
    method: 'GET',
    path: '/things/export',
    summary: 'All things',
    access: 'crm.contact.export',
    idempotency: 'safe',
    status: 200,
    produces: 'text/csv',
  },
})
const kit = serviceKit<unknown>()('crm', {})
let body = new PassThrough()
const route = kit.handle(endpoints.exportThings, async () => {
  body = new PassThrough()
  body.write('first\n')
  return { contentType: 'text/csv', fileName: 'things.csv', body }
})
const tokens = await createTestTokens()
const app = createApp({ log: silentLog })
mountService(app, { runtime: createBareRuntime([route]), verifier: tokens.verifier })
const url = await app.listen({ host: '127.0.0.1', port: 0 })
afterAll(() => app.close())

async function begin() {
  const { authorization, principal } = await tokens.bearer()
  const answer = await fetch(`${url}/api/v1/things/export`, { headers: { authorization } })
  const pieces = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect(await pieces?.read()).toMatchObject({ value: 'first\n' })
  return { pieces, principal, file: body }
}

it('ends a file that is being written once the session or key of whoever asked is over, and no other', async () => {
  const [ended, other] = [await begin(), await begin()]
  await revokeSession(tokens.cache, ended.principal.sessionId)
  const now = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => now + 10_000)
  for (const { file } of [ended, other]) file.end('second\n')
  await expect(ended.pieces?.read()).rejects.toThrow()
  expect(await other.pieces?.read()).toMatchObject({ value: 'second\n' })
  expect(await other.pieces?.read()).toMatchObject({ done: true })
  // Whoever wrote it stops too.
  await expect.poll(() => ended.file.destroyed).toBe(true)
})
