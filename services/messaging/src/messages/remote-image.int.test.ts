import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const seen: { path: string; headers: IncomingHttpHeaders }[] = []
const files: Record<string, RequestListener> = {
  '/good.png': (_, response) => void response.setHeader('content-type', 'text/html').setHeader('set-cookie', 'id=1').end(PNG),
  '/vector.svg': (_, response) => void response.setHeader('content-type', 'image/png').end('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  '/page.png': (_, response) => void response.setHeader('content-type', 'image/png').end('<!doctype html><script>alert(1)</script>'),
  '/large.png': (_, response) => void response.end(Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)])),
  '/inside.png': (_, response) => void response.writeHead(302, { location: `http://127.0.0.1:${portOf(inside)}/secret.png` }).end(),
  '/moved.png': (_, response) => void response.writeHead(302, { location: '/good.png' }).end(),
}
let insideCalls = 0
const server = createServer((request, response) => {
  seen.push({ path: request.url ?? '', headers: request.headers })
  const file = files[request.url ?? '']
  if (file) file(request, response)
  else response.writeHead(404).end()
})
const inside = createServer((_request, response) => {
  insideCalls += 1
  response.end(PNG)
})
const portOf = (of: typeof server): number => {
  const address: AddressInfo | string | null = of.address()
  return typeof address === 'object' && address ? address.port : 0
}
await Promise.all([server, inside].map((each) => new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve))))
afterAll(() => [server, inside].forEach((each) => each.close()))

const base = `http://127.0.0.1:${portOf(server)}`
const { organization, send } = await startMailFixture({ EGRESS_ALLOWED_HOSTS: `127.0.0.1:${portOf(server)}` })
const { agent, address } = await organization('images')
const urls = [
  ...Object.keys(files).map((path) => base + path),
  `${base}/missing.png`,
  `http://127.0.0.1:${portOf(inside)}/secret.png`,
  'http://169.254.169.254/latest/',
]
await send({ from: 'ada@example.org', to: address, subject: 'images', html: urls.map((url) => `<img src="${url}">`).join('') })
const [conversation] = (await agent.get('/conversations')).body.items
const [message] = (await agent.get(`/conversations/${conversation.id}/messages`)).body.items
const image = (part: string) => agent.get(`/messages/${message.id}/images/${urls.findIndex((url) => url.endsWith(part))}`)

it('nothing is fetched before somebody asks, and the document never names the address', async () => {
  expect((await agent.get(`/messages/${message.id}/html`)).body).toMatchObject({ blockedRemoteCount: urls.length })
  const { html } = (await agent.get(`/messages/${message.id}/html?remoteImages=show`)).body
  expect(html).toContain('data-remote-image="0"')
  expect(html).not.toContain('127.0.0.1')
  expect(seen).toEqual([])
})

it('fetches an image for whoever looks, without saying who looks, and tells its type by its bytes', async () => {
  const answer = await image('/good.png')
  expect(answer.raw.equals(PNG)).toBe(true)
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'private, max-age=86400',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(Object.keys(seen.at(-1)?.headers ?? {}).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
  expect((await image('/moved.png')).raw.equals(PNG)).toBe(true)
})

it.each(['/vector.svg', '/page.png', '/large.png', '/missing.png', '/inside.png', '/secret.png', '/latest/'])('refuses %s', async (part) => {
  const { status, body } = await image(part)
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'messaging.image.unavailable' })
})

it('never connected to the inside, not by a redirect either', () => {
  expect(insideCalls).toBe(0)
})

it('knows numbers only, and only those of this mail', async () => {
  expect((await agent.get(`/messages/${message.id}/images/40`)).status).toBe(404)
  for (const index of ['100', '-1', 'x', encodeURIComponent(`${base}/good.png`)])
    expect((await agent.get(`/messages/${message.id}/images/${index}`)).status).toBeGreaterThanOrEqual(400)
})
