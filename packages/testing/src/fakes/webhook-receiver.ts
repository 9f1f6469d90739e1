import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

/** How the receiver answers one call. */
export type ReceiverScript = number | { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'drip' | 'drop' | 'huge'

export interface ReceivedCall {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly path: string
}

export interface WebhookReceiver {
  /** `http://127.0.0.1:<port>/`, to be named in EGRESS_ALLOWED_HOSTS as `127.0.0.1`. */
  readonly url: string
  readonly calls: readonly ReceivedCall[]
  /** How the next calls are answered, one each; after them 204. */
  next(...scripts: ReceiverScript[]): void
  /** How all calls are answered from now on, when `next` has nothing. */
  always(script: ReceiverScript): void
  close(): Promise<void>
}

/** Somebody else's server, on a free port. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = []
  const scripts: ReceiverScript[] = []
  let otherwise: ReceiverScript = 204
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8'), path: request.url ?? '' })
      answer(response, scripts.shift() ?? otherwise)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    next: (...more) => void scripts.push(...more),
    always: (script) => void (otherwise = script),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, script: ReceiverScript): void {
  if (script === 'hang') return
  if (script === 'drop') return void response.destroy()
  if (script === 'huge') return void response.end('x'.repeat(5_000_000))
  if (script === 'drip') {
    const timer = setInterval(() => response.write('.'), 50)
    response.on('close', () => clearInterval(timer))
    return
  }
  const { status, headers = {}, body = '' } = typeof script === 'number' ? { status: script } : script
  response.writeHead(status, headers).end(body)
}
