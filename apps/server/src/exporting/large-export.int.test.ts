import { createHash } from 'node:crypto'
import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import auth from '@ai-crm/auth'
import { API_PREFIX } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import ai from '@ai-crm/ai'
import messaging from '@ai-crm/messaging'
import webhook from '@ai-crm/webhook'
import websocket from '@ai-crm/websocket'
import { signUp, startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { exportOver, type Ask } from './exporting-fixture.ts'

const product = await startService(auth, { together: [crm, messaging, ai, webhook, websocket], environment: { SMTP_PORT: '0' } })
const { database, app } = product
const ROWS = 50_000
const MEBIBYTE = 1_048_576
/** Far below what is exported: a few pages, chunks and batches. */
const MOST_MORE = 48 * MEBIBYTE

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Text that hardly compresses, 2 kB a row. What makes contacts searchable is not what is tested here. */
const MANY = `alter table crm.contact disable trigger user;
  insert into crm.contact (organization_id, name, email, source, note)
  select '$id', 'Person ' || n, 'person' || n || '@large.example', 'manual', (select string_agg(md5(n::text || part), '') from generate_series(1, 64) part)
    from generate_series(1, ${ROWS}) n`

/** The most memory that something still held, beyond what was held before: what waits for the collector is not counted. */
async function memoryOf<Result>(work: () => Promise<Result>): Promise<{ result: Result; more: number }> {
  const inUse = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = inUse()
  let most = before
  const timer = setInterval(() => (most = Math.max(most, inUse())), 1_000)
  try {
    return { result: await work(), more: most - before }
  } finally {
    clearInterval(timer)
  }
}

it('exports and sends a table of 50,000 rows without holding it', { timeout: 600_000 }, async () => {
  const person = { organizationName: 'Large', name: 'Ada', email: 'ada@large.example', password: 'correct horse battery' }
  const { accessToken, me } = await signUp(product, person)
  await product.settle()
  const ask: Ask = async (method, path) => {
    const headers = { authorization: `Bearer ${accessToken}`, ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }) }
    const answer = await app.inject({ method, url: API_PREFIX + path, headers })
    return { status: answer.statusCode, body: answer.json() }
  }
  const wanted = async () => {
    const { body } = await ask('POST', '/organization/exports')
    return exportOver(ask, body.id, 500_000)
  }
  // Once before anything is there: what is loaded and compiled at first use is not what is measured.
  await wanted()
  await database.asAdmin(MANY.replace('$id', me.organization.id))
  const exporting = await memoryOf(wanted)
  expect(exporting.result).toMatchObject({ state: 'ready' })
  expect(exporting.result.rowCount).toBeGreaterThanOrEqual(ROWS)
  expect(exporting.result.sizeBytes).toBeGreaterThan(100 * MEBIBYTE)
  expect(exporting.more).toBeLessThan(MOST_MORE)

  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const { body } = await ask('POST', `/organization/exports/${exporting.result.id}/download`)
  const sending = await memoryOf(async () => {
    const answer = await fetch(url + body.path)
    if (!answer.body) throw new Error('There is no archive.')
    let sizeBytes = 0
    const hash = createHash('sha256')
    for await (const block of Readable.fromWeb(answer.body).pipe(createGunzip())) {
      sizeBytes += block.length
      hash.update(block)
    }
    return sizeBytes
  })
  expect(sending.result).toBeGreaterThan(exporting.result.sizeBytes)
  expect(sending.result % 512).toBe(0)
  expect(sending.more).toBeLessThan(MOST_MORE)
  process.stdout.write(`exported ${exporting.result.sizeBytes} bytes holding ${exporting.more}, sent holding ${sending.more}\n`)
})
