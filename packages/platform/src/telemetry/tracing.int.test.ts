import { startOtlpCollector } from '@ai-crm/testing/servers'
import { expect, it, onTestFinished } from 'vitest'
import { startTracing } from './start-tracing.ts'
import { currentTraceIds, currentTraceparent, withRemoteParent, withSpan } from './tracing.ts'

it('costs nothing and traces nothing while no endpoint is configured', async () => {
  await withSpan('http', {}, async () => {
    expect(currentTraceparent()).toBeNull()
    expect(currentTraceIds()).toEqual({})
  })
  expect(await withRemoteParent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', async () => 'done')).toBe('done')
})

it('keeps one trace from the request over the envelope to the consumer and its provider call', async () => {
  const collector = await startOtlpCollector()
  onTestFinished(() => collector.stop())
  const tracing = await startTracing({ endpoint: collector.endpoint, processName: 'test' })

  const envelope = await withSpan(
    'POST /contacts',
    { 'http.route': '/contacts' },
    () => withSpan('emit contact.created', {}, async () => ({ trace: currentTraceparent() }), 'producer'),
    'server',
  )
  expect(envelope.trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  await withRemoteParent(envelope.trace, () => withSpan('consume contact.created', {}, () => withSpan('smtp', {}, async () => undefined, 'client'), 'consumer'))
  await withSpan('another request', {}, async () => undefined, 'server')
  await tracing.stop()

  const byName = new Map(collector.spans.map((span) => [span.name, span]))
  const chain = ['POST /contacts', 'emit contact.created', 'consume contact.created', 'smtp'].map((name) => byName.get(name))
  expect(new Set(chain.map((span) => span?.traceId)).size).toBe(1)
  expect(chain.slice(1).map((span) => span?.parentSpanId)).toEqual(chain.slice(0, -1).map((span) => span?.spanId))
  expect(chain.map((span) => span?.kind)).toEqual([2, 4, 5, 3])
  expect(byName.get('another request')?.traceId).not.toBe(chain[0]?.traceId)
})
