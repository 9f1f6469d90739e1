import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { gauge } from './metrics.ts'
import { startOperationsServer } from './operations-server.ts'

async function start(isDatabaseReachable: () => Promise<boolean>) {
  const server = await startOperationsServer({ port: 0, host: '127.0.0.1', isDatabaseReachable, log: pino({ level: 'silent' }) })
  onTestFinished(() => server.stop())
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).status
  return { server, status }
}

it('is alive at once, ready when it has started, and gone when it drains', async () => {
  const { server, status } = await start(async () => true)
  expect([await status('/livez'), await status('/startupz'), await status('/readyz')]).toEqual([200, 503, 503])
  server.markStarted()
  expect([await status('/startupz'), await status('/readyz')]).toEqual([200, 200])
  server.drain()
  expect([await status('/readyz'), await status('/livez')]).toEqual([503, 200])
})

it('is alive, though not ready, without its database', async () => {
  const { server, status } = await start(async () => {
    throw new Error('away')
  })
  server.markStarted()
  expect([await status('/readyz'), await status('/livez')]).toEqual([503, 200])
})

it('answers Prometheus with the gauges of this moment', async () => {
  let depth = 3
  gauge('test_depth', 'Depth', ['service'], async () => [{ value: depth, labels: { service: 'crm' } }])
  const { server } = await start(async () => true)
  const scrape = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
  expect(await scrape()).toContain('test_depth{service="crm"} 3')
  depth = 4
  expect(await scrape()).toContain('test_depth{service="crm"} 4')
})
