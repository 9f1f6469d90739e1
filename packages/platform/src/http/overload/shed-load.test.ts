import { defineEndpoints, Problem } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens, silentLog } from '@ai-crm/testing/http'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it, onTestFinished } from 'vitest'
import { serviceKit } from '../../service.ts'
import { shedRequests } from '../../telemetry/metrics.ts'
import { createApp } from '../create-app.ts'
import { mountService } from '../mount-service.ts'

const endpoints = defineEndpoints('crm', {
  costly: { method: 'POST', path: '/costly', summary: 'AI', access: 'signed-in', idempotency: 'exempt', status: 204, cost: 20 },
  read: { method: 'GET', path: '/read', summary: 'Read', access: 'signed-in', idempotency: 'safe', status: 204 },
  write: { method: 'POST', path: '/write', summary: 'Write', access: 'signed-in', idempotency: 'exempt', status: 204 },
  enter: { method: 'POST', path: '/enter', summary: 'Sign in', access: 'public', idempotency: 'exempt', status: 204 },
})
type Name = keyof typeof endpoints

it('refuses costly work first, then reads, then writes, sign-in last; and takes all again afterwards', async () => {
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>()
  const kit = serviceKit<unknown>()('crm', {})
  let started = 0
  const routes = Object.values(endpoints).map((endpoint) =>
    kit.handle(endpoint, () => {
      started++
      return gate
    }),
  )
  const tokens = await createTestTokens()
  const app = createApp({ log: silentLog, maxConcurrentRequests: 10 })
  mountService(app, { runtime: createBareRuntime(routes), verifier: tokens.verifier })
  const { authorization } = await tokens.bearer()
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    app.server.closeAllConnections()
    return app.close()
  })
  const send = async (name: Name) => {
    const answer = await fetch(`${url}/api/v1${endpoints[name].path}`, { method: endpoints[name].method, headers: { authorization } })
    return { statusCode: answer.status, headers: answer.headers, body: await answer.text() }
  }
  const held: ReturnType<typeof send>[] = []
  const fillTo = async (count: number) => {
    while (held.length < count) held.push(send('enter'))
    await eventually(() => expect(started).toBe(count))
  }
  const refused = async (name: Name) => {
    const answer = await send(name)
    expect([answer.statusCode, answer.headers.get('retry-after')]).toEqual([503, '1'])
    const problem = Problem.parse(JSON.parse(answer.body))
    expect(problem).toMatchObject({ code: 'platform.unavailable', requestId: answer.headers.get('x-request-id') })
  }

  const counted = async () => Map.groupBy((await shedRequests.get()).values, ({ labels }) => String(labels['priority']))
  const sumOf = (values: readonly { readonly value: number }[] = []) => values.reduce((sum, { value }) => sum + value, 0)
  const before = await counted()
  await fillTo(5)
  await refused('costly')
  await fillTo(8)
  await refused('read')
  await fillTo(9)
  await refused('write')
  await fillTo(10)
  await refused('enter')
  // Told when somebody looks, each once.
  for (let look = 0; look < 2; look++) {
    const after = await counted()
    for (const priority of ['bulk', 'read', 'vital', 'write']) expect(sumOf(after.get(priority)) - sumOf(before.get(priority)), priority).toBe(1)
  }

  openGate()
  expect((await Promise.all(held)).map(({ statusCode }) => statusCode)).toEqual(held.map(() => 204))
  for (const name of ['costly', 'read', 'write', 'enter'] as const) expect((await send(name)).statusCode).toBe(204)
})

it('gets its slots back from clients that went away', async () => {
  const kit = serviceKit<unknown>()('crm', {})
  const tokens = await createTestTokens()
  const app = createApp({ log: silentLog, maxConcurrentRequests: 4 })
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>()
  mountService(app, { runtime: createBareRuntime([kit.handle(endpoints.enter, () => gate)]), verifier: tokens.verifier })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    app.server.closeAllConnections()
    return app.close()
  })
  const enter = (signal?: AbortSignal) => fetch(`${url}/api/v1/enter`, { method: 'POST', ...(signal ? { signal } : {}) })
  const gone = new AbortController()
  const left = Array.from({ length: 4 }, () => enter(gone.signal).catch(() => null))
  await eventually(async () => expect((await enter(AbortSignal.timeout(5_000))).status).toBe(503))
  gone.abort()
  await Promise.all(left)
  openGate()
  await eventually(async () => expect((await enter()).status).toBe(204))
})
