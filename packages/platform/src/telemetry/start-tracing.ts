import { context, propagation, trace } from '@opentelemetry/api'
import type { Stoppable } from '../adapters.ts'
import { switchTracing } from './tracing.ts'

/**
 * Loads OpenTelemetry (about 110 ms and 34 MB) and exports spans by OTLP over HTTP. Call once, before the
 * services start, and only when an endpoint is configured. `endpoint` is the base URL, as in
 * OTEL_EXPORTER_OTLP_ENDPOINT: spans go to `<endpoint>/v1/traces`.
 */
export async function startTracing(options: { endpoint: string; processName: string }): Promise<Stoppable> {
  const [{ OTLPTraceExporter }, { BatchSpanProcessor, NodeTracerProvider }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.processName, 'service.namespace': 'ai-crm' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  provider.register()
  switchTracing(true)
  return {
    async stop() {
      switchTracing(false)
      await provider.shutdown()
      // The API takes no second provider while it knows a first one.
      for (const api of [trace, context, propagation]) api.disable()
    },
  }
}
