import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes, type Context } from '@opentelemetry/api'

/**
 * Traces. Off (no OTEL_EXPORTER_OTLP_ENDPOINT): every function here is one test of a boolean. On: `startTracing`
 * loads the SDK. One outside stimulus is one trace: HTTP → event → consumer → job → socket push or provider call
 * (contract 35); between processes it travels as W3C traceparent.
 */
const state = { isOn: false }
export const switchTracing = (isOn: boolean): void => {
  state.isOn = isOn
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const
export type SpanRole = keyof typeof KINDS

/** Runs the work in a span, a child of the current one. Attributes are ids and names, never content. */
export async function withSpan<Result>(name: string, attributes: Attributes, work: () => Promise<Result>, role: SpanRole = 'internal'): Promise<Result> {
  if (!state.isOn) return work()
  return trace.getTracer('ai-crm').startActiveSpan(name, { kind: KINDS[role], attributes }, async (span) => {
    try {
      return await work()
    } catch (error) {
      // The name only: messages of errors may quote what a customer wrote.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
      throw error
    } finally {
      span.end()
    }
  })
}

/** Runs the work as a continuation of the trace that an envelope, a job or a request brought; null starts anew. */
export function withRemoteParent<Result>(traceparent: string | null | undefined, work: () => Promise<Result>): Promise<Result> {
  if (!state.isOn) return work()
  return context.with(traceparent ? parentFrom(traceparent) : context.active(), work)
}

const parentFrom = (traceparent: string): Context => propagation.extract(context.active(), { traceparent })

/** W3C traceparent of the current span, or null when tracing is off or nothing is traced. */
export function currentTraceparent(): string | null {
  if (!state.isOn) return null
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}

/** For the log: ids of the current span, or nothing. */
export function currentTraceIds(): { traceId?: string; spanId?: string } {
  if (!state.isOn) return {}
  const span = trace.getActiveSpan()?.spanContext()
  return span ? { traceId: span.traceId, spanId: span.spanId } : {}
}
