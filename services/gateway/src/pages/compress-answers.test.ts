import { defineEndpoints } from '@ai-crm/contracts'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { compressAnswers } from './compress-answers.ts'

const common = { path: '/x', summary: 'X', status: 200 } as const
const endpoints = defineEndpoints('auth', {
  read: { ...common, method: 'GET', access: 'signed-in', idempotency: 'safe' },
  create: { ...common, method: 'POST', access: 'signed-in', idempotency: 'exempt' },
  enter: { ...common, method: 'POST', access: 'public', idempotency: 'exempt' },
})

it('compresses long answers to reads alone: no answer that may hold a secret beside the words of its caller', async () => {
  const app = Fastify()
  compressAnswers(app)
  for (const endpoint of Object.values(endpoints))
    app.route({ method: endpoint.method, url: `/${endpoint.name}`, config: { endpoint }, handler: async () => ({ text: 'x'.repeat(4_000) }) })
  app.get('/short', async () => ({ text: 'x'.repeat(1_000) }))
  const encoding = async (method: 'GET' | 'POST', url: string) =>
    (await app.inject({ method, url, headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding']
  expect(await encoding('GET', '/read')).toBe('gzip')
  expect([await encoding('POST', '/create'), await encoding('POST', '/enter'), await encoding('GET', '/short')]).toEqual([undefined, undefined, undefined])
})
