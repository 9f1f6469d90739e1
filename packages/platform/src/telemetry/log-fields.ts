import { redactSecrets } from './redact.ts'

/** What may stand in a line of log (contract 34). Anything else is dropped and only its name is kept. */
const ALLOWED = new Set([
  'service',
  'process',
  'err',
  'msg',
  'code',
  'status',
  'method',
  'route',
  'operation',
  'reason',
  'attempt',
  'attempts',
  'dependency',
  'channel',
  'consumer',
  'event',
  'eventType',
  'job',
  'queue',
  'step',
  'signal',
  'port',
  'host',
  'version',
  'services',
  'migration',
  'state',
  'outcome',
  'mode',
  'depth',
  'partition',
  'aggregate',
  'sequence',
  'provider',
  'model',
  'flags',
  'fields',
  'schedule',
  'path',
  'response',
  'count',
  'bytes',
  'kind',
  'url',
  'root',
  'dataDir',
  'domain',
  'fence',
  'count',
  'root',
  'dataDir',
])
const ALLOWED_ENDING = /(Id|Ids|Ms|Seconds|Count|Bytes|At)$/
const MAX_TEXT_CHARACTERS = 1_000
const MAX_STACK_CHARACTERS = 4_000

/** Keeps the fields that are allowed, cuts long texts, and names what was dropped. */
export function keepAllowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (ALLOWED.has(name) || ALLOWED_ENDING.test(name)) kept[name] = shorten(value)
    else dropped.push(name)
  }
  return dropped.length > 0 ? { ...kept, dropped } : kept
}

const shorten = (value: unknown): unknown =>
  typeof value === 'string' && value.length > MAX_TEXT_CHARACTERS ? `${value.slice(0, MAX_TEXT_CHARACTERS)}…` : value

/** Without PostgreSQL's `detail`, which quotes the row, and without whatever else a library hangs onto an error. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: shorten(redactSecrets(String(error))) }
  return {
    type: error.name,
    message: shorten(error.message),
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack?.slice(0, MAX_STACK_CHARACTERS),
    ...(error.cause instanceof Error ? { cause: shorten(error.cause.message) } : {}),
  }
}
