import { Client, type Dispatcher } from 'undici'
import { EgressError } from './egress-error.ts'
import type { EgressAnswer, EgressRequest } from './egress-request.ts'
import type { Target } from './egress-target.ts'
import { pinnedConnector } from './pinned-connector.ts'

const CONNECT_TIMEOUT_MS = 5_000
const MAX_HEADER_BYTES = 16_384

export interface Hop {
  readonly target: Target
  readonly addresses: readonly string[]
  isWelcome(address: string): boolean
  readonly maxBytes: number
  readonly longAnswer: 'refuse' | 'cut'
  readonly signal: AbortSignal
}

/** One request on one connection, which ends with it. */
export async function callOnce(hop: Hop, { method, headers, body }: EgressRequest): Promise<EgressAnswer> {
  const { target, signal } = hop
  const client = new Client(target.url.origin, {
    connect: pinnedConnector({ ...hop, connectTimeoutMs: CONNECT_TIMEOUT_MS }),
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
  })
  try {
    const response = await client.request({
      path: `${target.url.pathname}${target.url.search}`,
      method,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'ai-crm', ...headers },
      ...(body === undefined ? {} : { body }),
      signal,
    })
    return { status: response.statusCode, headers: plain(response.headers), body: await read(response.body, hop), url: target.url.href }
  } finally {
    await client.destroy()
  }
}

async function read(body: Dispatcher.ResponseData['body'], { maxBytes, longAnswer }: Hop): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    length += bytes.length
    if (length <= maxBytes) continue
    if (longAnswer === 'refuse') throw new EgressError('too-large', `The answer is longer than ${maxBytes} bytes.`)
    break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

const plain = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value
      return first === undefined ? [] : [[name, first]]
    }),
  )
