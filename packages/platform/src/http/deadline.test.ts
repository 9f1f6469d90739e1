import { defineEndpoints } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens } from '@ai-crm/testing/http'
import { Readable } from 'node:stream'
import pino from 'pino'
import { expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { serviceKit } from '../service.ts'
import { lateAnswers } from '../telemetry/metrics.ts'
import { createApp } from './create-app.ts'
import { mountService } from './mount-service.ts'

const endpoints = defineEndpoints('crm', {
  file: { method: 'GET', path: '/file', summary: 'File', access: 'signed-in', idempotency: 'safe', status: 200, timeoutMs: 2_000, produces: 'text/csv' },
  quick: { method: 'GET', path: '/quick', summary: 'Quick', access: 'signed-in', idempotency: 'safe', status: 200, timeoutMs: 2_000, response: z.object({}) },
})
const tokens = await createTestTokens()
const { authorization } = await tokens.bearer()

/** A service with one endpoint; `leftMs` of each call that got as far as the handler. */
function service(handle: (ctx: Ctx) => Promise<Record<string, never>> = async () => ({})) {
  const seen: number[] = []
  const kit = serviceKit<unknown>()('crm', {})
  const route = kit.handle(endpoints.quick, async (ctx) => {
    seen.push(ctx.remainingMs())
    return handle(ctx)
  })
  const lines: string[] = []
  const app = createApp({ log: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }) })
  const body = Readable.from(['a,b'])
  const file = kit.handle(endpoints.file, async (ctx) => {
    await handle(ctx)
    return { contentType: 'text/csv', fileName: 'list.csv', body }
  })
  mountService(app, { runtime: createBareRuntime([route, file]), verifier: tokens.verifier })
  onTestFinished(() => app.close())
  const ask = (timeout?: string, path = '/quick') =>
    app.inject({ method: 'GET', url: `/api/v1${path}`, headers: { authorization, ...(timeout === undefined ? {} : { 'x-timeout-ms': timeout }) } })
  return { app, seen, ask, body, lines }
}

it('gives a request the time of its contract, or less where its caller waits less, never more', async () => {
  const { ask, seen } = service()
  for (const timeout of [undefined, '500', '999999999', '1e9', '-1', '99999999999', 'Infinity', '']) expect((await ask(timeout)).statusCode).toBe(200)
  const [contract, hasty, ...others] = seen
  expect(contract).toBeGreaterThan(500)
  expect(contract).toBeLessThanOrEqual(2_000)
  expect(hasty).toBeLessThanOrEqual(500)
  for (const leftMs of others) {
    expect(leftMs).toBeLessThanOrEqual(2_000)
    expect(leftMs).toBeGreaterThan(500)
  }
})

it('does not begin what nobody waits for', async () => {
  const { ask, seen } = service()
  const answer = await ask('0')
  expect([answer.statusCode, answer.json().code]).toEqual([504, 'platform.deadline_exceeded'])
  expect(seen).toEqual([])
})

it('counts from the arrival, whatever the request had to wait for before its handler', async () => {
  const { app, seen } = service()
  app.addHook('preHandler', async () => new Promise((resolve) => setTimeout(resolve, 150)))
  const ask = (timeout: string) => app.inject({ method: 'GET', url: '/api/v1/quick', headers: { authorization, 'x-timeout-ms': timeout } })
  expect((await ask('100')).statusCode).toBe(504)
  expect(seen).toEqual([])
  expect((await ask('1900')).statusCode).toBe(200)
  expect(seen[0]).toBeLessThanOrEqual(1_750)
})

it('answers at the deadline and tells the handler, which is not waited for', async () => {
  const told = vi.fn()
  const { ask } = service((ctx) => {
    ctx.signal.addEventListener('abort', told)
    return new Promise(() => undefined)
  })
  expect((await ask('50')).statusCode).toBe(504)
  expect(told).toHaveBeenCalledTimes(1)
})

it.each(['/quick', '/file'])('drops what a handler of %s says after its caller was answered: counted, not logged, and closed', async (path) => {
  const late = Promise.withResolvers<void>()
  const { ask, body, lines } = service(async () => {
    await late.promise
    return {}
  })
  const operation = path.slice(1)
  const dropped = async () => (await lateAnswers.get()).values.find(({ labels }) => labels.operation === operation)?.value ?? 0
  const before = await dropped()
  expect((await ask('50', path)).statusCode).toBe(504)
  late.resolve()
  await vi.waitFor(async () => expect(await dropped()).toBe(before + 1))
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['request answered'])
  expect(body.destroyed).toBe(path === '/file')
})
