import type { TestService } from '@ai-crm/testing'
import type { SeededRandom } from '@ai-crm/testing/random'
import type { Operation } from './operations.ts'
import type { AttackRequest } from './request.ts'

/** Somebody who attacks: their token, and whether what belongs to the person alone is open to them. */
export interface Attacker {
  readonly name: string
  readonly token: string
  /** Of the browser in which they are signed in; for what a cookie authorises. */
  readonly cookies?: Map<string, string>
  readonly mayAsk: (operation: Operation) => boolean
}

export interface Heard {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** As it came, headers and all: where a canary would be seen. */
  readonly everything: string
  readonly body: string
}

/** Sends a request as it goes over the wire; each from another address, so that limits per address do not answer instead. */
export async function send(
  service: TestService,
  operation: Operation,
  attacker: Attacker,
  request: AttackRequest,
  version: number,
  random: SeededRandom,
): Promise<Heard> {
  const path = operation.url.replaceAll(/:(\w+)/g, (_placeholder, name: string) => encodeURIComponent(request.params[name] ?? ''))
  const answer = await service.app.inject({
    method: operation.endpoint.method,
    url: `${path}?${new URLSearchParams(request.query)}`,
    remoteAddress: `10.${random.integer(256)}.${random.integer(256)}.${random.integer(256)}`,
    headers: {
      authorization: `Bearer ${attacker.token}`,
      ...(attacker.cookies ? { cookie: Array.from(attacker.cookies, ([name, value]) => `${name}=${value}`).join('; ') } : {}),
      ...(operation.endpoint.idempotency === 'key' ? { 'idempotency-key': request.idempotencyKey } : {}),
      ...(operation.endpoint.concurrency === 'if-match' ? { 'if-match': `"${version}"` } : {}),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(request.body === undefined ? {} : { payload: JSON.stringify(request.body) }),
  })
  for (const { name, value } of answer.cookies) attacker.cookies?.set(name, value)
  const body = answer.rawPayload.toString('latin1')
  return { status: answer.statusCode, headers: answer.headers, body, everything: `${JSON.stringify(answer.headers)}\n${body}` }
}

/** Differ from answer to answer, whoever asks. */
const OWN_OF_EACH = new Set(['date', 'content-length', 'x-request-id', 'etag', 'set-cookie', 'retry-after', 'ratelimit-remaining', 'ratelimit-reset'])

/**
 * What may not tell an id of somebody else from one of nobody: status, names of headers, and the body without what was
 * sent. Of an accepted write only the form: what it made has ids and moments of its own.
 */
export function comparable(operation: Operation, heard: Heard, sent: string): unknown {
  const isWritten = heard.status < 400 && operation.endpoint.method !== 'GET'
  const names = Object.keys(heard.headers)
    .filter((name) => !OWN_OF_EACH.has(name))
    .toSorted()
  // A file may be made anew each time (an export is told by the log that it exports): its canaries are looked for, its bytes not compared.
  const isFile = heard.status < 400 && operation.endpoint.produces !== undefined
  const body = isFile ? 'file' : parse(heard.body.replaceAll(sent, '<sent>'))
  return { status: heard.status, names, body: isWritten ? formOf(body) : withoutRequestId(body) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function withoutRequestId(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('requestId' in body)) return body
  const { requestId: _requestId, ...rest } = body
  return rest
}

function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [formOf(value[0])]
  if (typeof value !== 'object' || value === null) return value === null ? 'null or value' : 'null or value'
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, formOf(member)]))
}
