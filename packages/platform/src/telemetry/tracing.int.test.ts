import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startTracing } from './start-tracing.ts'
import { currentTraceIds, currentTraceparent, withRemoteParent, withSpan } from './tracing.ts'

const Export = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({
    spans: z.array(z.object({ name: z.string(), traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), kind: z.number() })),
  })) })),
})
type Span = z.infer<typeof Export>['resourceSpans'][number]['scopeSpans'][number]['spans'][number]

/** An OTLP collector at the wire. */
async function startCollector() {
  const spans: Span[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const { resourceSpans } = Export.parse(JSON.parse(body))
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { spans, endpoint: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}` }
}

it('costs nothing and traces nothing while no endpoint is configured', async () => {
  await withSpan('http', {}, async () => {
    expect(currentTraceparent()).toBeNull()
    expect(currentTraceIds()).toEqual({})
  })
  expect(await withRemoteParent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', async () => 'done')).toBe('done')
})

it('keeps one trace from the request over the envelope to the consumer and its provider call', async () => {
  const collector = await startCollector()
  const tracing = await startTracing({ endpoint: collector.endpoint, processName: 'test' })

  const envelope = await withSpan('POST /contacts', { 'http.route': '/contacts' }, () =>
    withSpan('emit contact.created', {}, async () => ({ trace: currentTraceparent() }), 'producer'), 'server')
  expect(envelope.trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  await withRemoteParent(envelope.trace, () =>
    withSpan('consume contact.created', {}, () => withSpan('smtp', {}, async () => undefined, 'client'), 'consumer'))
  await withSpan('another request', {}, async () => undefined, 'server')
  await tracing.stop()

  const byName = new Map(collector.spans.map((span) => [span.name, span]))
  const chain = ['POST /contacts', 'emit contact.created', 'consume contact.created', 'smtp'].map((name) => byName.get(name))
  expect(new Set(chain.map((span) => span?.traceId)).size).toBe(1)
  expect(chain.slice(1).map((span) => span?.parentSpanId)).toEqual(chain.slice(0, -1).map((span) => span?.spanId))
  expect(chain.map((span) => span?.kind)).toEqual([2, 4, 5, 3])
  expect(byName.get('another request')?.traceId).not.toBe(chain[0]?.traceId)
})
