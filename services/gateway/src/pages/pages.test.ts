import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { metrics } from '@ai-crm/platform'
import { afterAll, expect, it } from 'vitest'
import { openTestDoor } from '../test-door.ts'

const root = mkdtempSync(join(tmpdir(), 'gateway-web-'))
mkdirSync(join(root, 'assets'))
writeFileSync(join(root, 'index.html'), '<!doctype html><title>app</title>')
writeFileSync(join(root, 'assets', 'main-abc123.js'), 'export const x = 1;'.repeat(500))
afterAll(() => rmSync(root, { recursive: true }))
const environment = { WEB_ROOT: root }
const html = { accept: 'text/html,application/xhtml+xml' }

it('serves the app for every address that a person opens, never from a cache, under a strict policy', async () => {
  const door = await openTestDoor({ environment })
  for (const path of ['/', '/inbox/42', '/contacts?search=x']) {
    const page = await fetch(door.url + path, { headers: html })
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>app</title>'])
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self'; script-src-attr 'none';")
    expect(policy).toContain('report-to csp')
    expect(page.headers.get('permissions-policy')).toContain('camera=()')
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

it('shows its front page to whoever asks, not only to browsers', async () => {
  const door = await openTestDoor({ environment })
  const answer = await fetch(door.url, { headers: { accept: '*/*' } })
  expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html><title>app</title>'])
})

it('answers unknown addresses of the API, and files that are not there, with a problem instead of the app', async () => {
  const door = await openTestDoor({ environment })
  for (const [path, headers] of [
    ['/api/v1/nowhere', html],
    ['/api', html],
    ['/missing.js', html],
    ['/inbox', {}],
  ] as const) {
    const answer = await fetch(door.url + path, { headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
  }
})

it('lets hashed files be kept for ever, and compresses them', async () => {
  const door = await openTestDoor({ environment })
  const file = await door.app.inject({ url: '/assets/main-abc123.js', headers: { 'accept-encoding': 'gzip' } })
  expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(file.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(file.rawPayload).toString()).toHaveLength(9_500)
})

it('finds files of a build that finished after the start', async () => {
  const door = await openTestDoor({ environment })
  writeFileSync(join(root, 'assets', 'later-def456.css'), 'body{}')
  expect((await fetch(`${door.url}/assets/later-def456.css`)).status).toBe(200)
})

it.each(['/../package.json', '/..%2fpackage.json', '/assets/%2e%2e/%2e%2e/etc/passwd', '/.env'])('serves nothing outside of the folder: %s', async (path) => {
  const door = await openTestDoor({ environment })
  expect((await door.app.inject({ url: path })).statusCode).toBeGreaterThanOrEqual(400)
})

it('serves the OpenAPI document, compressed where it is wanted, and a page to read it that loads nothing from elsewhere', async () => {
  const door = await openTestDoor()
  const answer = await door.app.inject({ url: '/api/v1/openapi.json', headers: { 'accept-encoding': 'gzip' } })
  const document = JSON.parse(gunzipSync(answer.rawPayload).toString())
  expect(document.openapi).toBe('3.1.0')
  expect(document.paths['/contacts'].post['x-permission']).toBe('crm.contact.create')
  const page = await fetch(`${door.url}/api/docs`)
  expect(page.status).toBe(200)
  const text = await page.text()
  expect(text).toContain('/api/v1/openapi.json')
  expect(text).not.toMatch(/(src|href)="(https?:)?\/\//)
  // Inline scripts of the page run by their hashes; nothing else inline does.
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).toMatch(/^'self' ('sha256-[A-Za-z0-9+/=]+' ?)+$/)
  const script = /src="([^"]+)"/.exec(text)?.[1] ?? ''
  expect((await fetch(new URL(script, `${door.url}/api/docs/`))).status).toBe(200)
})

it('takes in what browsers say about breaches of the policy, whatever it is, and only so much', async () => {
  const door = await openTestDoor({ environment })
  const report = (contentType: string, body: string) => fetch(`${door.url}/csp-reports`, { method: 'POST', headers: { 'content-type': contentType }, body })
  const body = { effectiveDirective: 'script-src-elem', blockedURL: 'https://evil.example/x?secret' }
  expect((await report('application/reports+json', JSON.stringify([{ type: 'csp-violation', body }]))).status).toBe(204)
  expect((await report('application/csp-report', JSON.stringify({ 'csp-report': { 'violated-directive': 'img-src' } }))).status).toBe(204)
  expect((await report('application/csp-report', 'nonsense')).status).toBe(204)
  expect((await report('application/csp-report', 'x'.repeat(20_000))).status).toBe(413)
  const counted = await metrics.metrics()
  expect(counted).toContain('csp_violations_total{directive="script-src-elem"} 1')
  expect(counted).not.toContain('secret')
  const invented = Array.from({ length: 20 }, (_, n) => ({ type: 'csp-violation', body: { effectiveDirective: `made-up-${'x'.repeat(n)}` } }))
  await report('application/reports+json', JSON.stringify(invented))
  expect(await metrics.metrics()).not.toContain('made-up')
})

it('adds no CORS header unless an origin is allowed', async () => {
  const closed = await openTestDoor()
  const origin = 'https://partner.example'
  const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } }
  expect((await fetch(`${closed.url}/api/v1/auth/me`, { ...preflight })).headers.get('access-control-allow-origin')).toBeNull()
  const open = await openTestDoor({ environment: { CORS_ORIGINS: origin } })
  expect((await fetch(`${open.url}/api/v1/auth/me`, preflight)).headers.get('access-control-allow-origin')).toBe(origin)
  const stranger = { ...preflight, headers: { ...preflight.headers, origin: 'https://evil.example' } }
  expect((await fetch(`${open.url}/api/v1/auth/me`, stranger)).headers.get('access-control-allow-origin')).not.toBe('https://evil.example')
})
