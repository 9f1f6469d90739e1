import { request } from 'node:https'
import { connect } from 'node:tls'
import { connect as connectPlain, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { silentLog } from '@ai-crm/testing/http'
import { TEST_AUTHORITY, TEST_CERTIFICATE } from '@ai-crm/testing/fakes/test-certificates'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from './create-app.ts'
import { createRedirects } from './redirect-pages.ts'
import { readCertificate } from './tls.ts'

const certificate = { cert: Buffer.from(TEST_CERTIFICATE.cert), key: Buffer.from(TEST_CERTIFICATE.key) }
const app = createApp({ log: silentLog, certificate })
app.get('/here', async () => ({ isHere: true }))
app.server.on('upgrade', (_request, socket) => void socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'))
const redirects = createRedirects('https://crm.example', '/api/v1')
let port = 0
let plainPort = 0
beforeAll(async () => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as AddressInfo).port
  redirects.listen(0, '127.0.0.1')
  await once(redirects, 'listening')
  plainPort = (redirects.address() as AddressInfo).port
})
afterAll(async () => {
  redirects.closeAllConnections()
  redirects.close()
  await app.close()
})

async function shakeHands(options: object): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, ca: TEST_AUTHORITY, servername: 'localhost', ...options })
  try {
    await once(socket, 'secureConnect')
    return `${socket.getProtocol()} ${socket.getCipher().name}`
  } catch {
    return 'refused'
  } finally {
    socket.destroy()
  }
}

it.each(['TLSv1', 'TLSv1.1'] as const)('speaks no %s', async (version) => {
  expect(await shakeHands({ minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' })).toBe('refused')
})

it('speaks TLS 1.3, and 1.2 with forward secrecy and authenticated encryption only, its own order first', async () => {
  expect(await shakeHands({})).toBe('TLSv1.3 TLS_AES_256_GCM_SHA384')
  const old = { maxVersion: 'TLSv1.2' } as const
  expect(await shakeHands({ ...old, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384' })).toBe('TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384')
  for (const weak of ['AES128-SHA', 'AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-NULL-SHA'])
    expect(await shakeHands({ ...old, ciphers: `${weak}:@SECLEVEL=0` }), weak).toBe('refused')
})

it('answers over TLS, asks browsers to stay there, and opens sockets over TLS', async () => {
  const sent = request({ host: '127.0.0.1', port, path: '/here', ca: TEST_AUTHORITY, servername: 'localhost' }).end()
  const [answer] = await once(sent, 'response')
  expect([answer.statusCode, answer.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000; includeSubDomains'])
  answer.resume()
  const upgrade = request({
    host: '127.0.0.1',
    port,
    path: '/socket',
    ca: TEST_AUTHORITY,
    servername: 'localhost',
    headers: { connection: 'upgrade', upgrade: 'websocket' },
  }).end()
  const [opened] = await once(upgrade, 'upgrade')
  expect(opened.statusCode).toBe(101)
})

it('says nothing to whoever speaks without TLS', async () => {
  const socket = connectPlain(port, '127.0.0.1')
  socket.write('GET /here HTTP/1.1\r\nhost: localhost\r\n\r\n')
  let told = ''
  socket.on('data', (bytes: Buffer) => (told += bytes.toString()))
  socket.on('error', () => undefined)
  await once(socket, 'close')
  expect(told).not.toContain('isHere')
})

it('sends pages over to the configured address, and refuses the API and everything that carries something', async () => {
  const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${plainPort}${path}`, { redirect: 'manual', ...init })
  const page = await ask('/contacts/1?tab=notes', { headers: { host: 'evil.example' } })
  expect([page.status, page.headers.get('location')]).toEqual([308, 'https://crm.example/contacts/1?tab=notes'])
  for (const [path, method] of [
    ['/api/v1', 'GET'],
    ['/api/v1/contacts', 'GET'],
    ['/api/v1/auth/sign-in', 'POST'],
    ['/contacts', 'POST'],
    ['//evil.example', 'GET'],
  ] as const) {
    const refused = await ask(path, { method })
    expect([refused.status, refused.headers.get('location')], path).toEqual([426, null])
  }
})

it('does not start with a certificate that cannot be used', async () => {
  expect(await readCertificate(undefined, undefined)).toBeNull()
  await expect(readCertificate('/nowhere.pem', undefined)).rejects.toThrow('TLS_CERT and TLS_KEY come together')
  await expect(readCertificate('/nowhere.pem', '/nowhere.key')).rejects.toThrow('TLS_CERT names a file')
  await expect(readCertificate(import.meta.filename, import.meta.filename)).rejects.toThrow('no certificate with its key')
})
