/** One application with an answer for everybody and one for who is signed in; tells its parent its address. */
import { defineEndpoints } from '@ai-crm/contracts'
import { createApp, createMemoryAdapters, createTokenVerifier, mountService, serviceKit } from '@ai-crm/platform'
import { createBareRuntime, silentLog } from '@ai-crm/testing/http'
import { z } from 'zod'

const common = { method: 'GET', summary: 'Small', idempotency: 'safe', status: 200, response: z.object({ text: z.string() }) } as const
const endpoints = defineEndpoints('crm', {
  forEverybody: { ...common, path: '/for-everybody', access: 'public' },
  forSignedIn: { ...common, path: '/for-signed-in', access: 'signed-in' },
})
const kit = serviceKit<unknown>()('crm', {})
const routes = Object.values(endpoints).map((endpoint) => kit.handle(endpoint, async () => ({ text: 'fine' })))
const key = JSON.parse(process.argv[2] ?? '')
const verifier = createTokenVerifier({ keys: async () => ({ keys: [key] }), cache: createMemoryAdapters(silentLog).cache })
const app = createApp({ log: silentLog })
mountService(app, { runtime: createBareRuntime(routes), verifier })
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }))
