import crm from '@ai-crm/crm'
import { metrics, startTracing } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { startOtlpCollector } from '@ai-crm/testing/servers'
import websocket from '@ai-crm/websocket'
import { expect, it, onTestFinished } from 'vitest'

// The metrics are the process's, and other files of tests have run in it.
metrics.resetMetrics()
const product = await startService(crm, { together: [websocket] })

it('makes one trace of a request, its event, the consumer and the push to the sockets', async () => {
  const collector = await startOtlpCollector()
  onTestFinished(() => collector.stop())
  const tracing = await startTracing({ endpoint: collector.endpoint, processName: 'test' })

  const agent = await product.signIn()
  expect((await agent.post('/contacts', { name: 'Ada' })).status).toBe(201)
  await product.settle()
  await tracing.stop()

  const request = collector.spans.find((span) => span.name === 'createContact')
  const ofTrace = collector.spans.filter((span) => span.traceId === request?.traceId)
  const parentNameOf = (name: string) => {
    const parentId = ofTrace.find((span) => span.name === name)?.parentSpanId
    return ofTrace.find((span) => span.spanId === parentId)?.name
  }
  expect(parentNameOf('websocket.number-update')).toBe('createContact')
  expect(parentNameOf('push live update')).toBe('websocket.number-update')
})

it('shows what waits and has failed, by service', async () => {
  const text = await metrics.metrics()
  for (const service of ['crm', 'websocket']) expect(text).toContain(`backlog{service="${service}",kind="deadLetter"} 0`)
  expect(text).toContain('outbox_oldest_seconds{service="crm"} 0')
  expect(text).toContain('http_server_duration_seconds_count{service="crm",operation="createContact",status="201"} 1')
})
