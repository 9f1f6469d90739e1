import { request as askHttp, type IncomingMessage } from 'node:http'
import { request as askHttps } from 'node:https'
import type { Duplex } from 'node:stream'
import { LIVE_PATH } from '@ai-crm/contracts'
import { clientAddressOf, type Replicas, type ServiceHost } from '@ai-crm/platform'
import type { Logger } from 'pino'
import type { Upstreams } from './upstreams.ts'

const CONNECT_TIMEOUT_MS = 5_000

/**
 * Passes WebSocket upgrades of the live path on to the websocket service, byte for byte. Origin, ticket and frames
 * are that service's to judge: the headers travel unchanged but for the address of the client.
 */
export function forwardSockets(host: ServiceHost, upstreams: Upstreams, log: Logger): void {
  if (host.localServices.has('websocket')) return
  const open = new Set<Duplex>()
  // The server waits for its connections when it closes: clients reconnect elsewhere.
  host.app.addHook('preClose', async () => open.forEach((socket) => socket.destroy()))
  host.app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    if (!isLive(request.url)) return refuse(socket, '404 Not Found')
    void forward(upstreams.of('websocket'), { request, socket, head, clientAddress: clientAddressOf(request, host.trustedProxyHops) }, log)
  })
}

/** As the service will read it: `/live/../internal` begins like ours, and is not. */
const isLive = (path = ''): boolean =>
  path.startsWith(LIVE_PATH) && URL.canParse(path, 'http://any') && new URL(path, 'http://any').pathname.startsWith(LIVE_PATH)

async function forward(replicas: Replicas, upgrade: Upgrade, log: Logger): Promise<void> {
  const replica = await replicas.choose(new Set())
  if (!replica) return refuse(upgrade.socket, '503 Service Unavailable')
  connect(replica.url, upgrade, () => {
    replica.eject()
    log.warn({ service: 'websocket', url: replica.url.origin }, 'a socket could not be forwarded')
  })
}

interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
  readonly clientAddress: string
}

function connect(target: URL, { request, socket, head, clientAddress }: Upgrade, onFailure: () => void): void {
  const ask = target.protocol === 'https:' ? askHttps : askHttp
  const headers = { ...request.headers, 'x-forwarded-for': clientAddress }
  const outgoing = ask(new URL(request.url ?? LIVE_PATH, target), { headers, timeout: CONNECT_TIMEOUT_MS })
  outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
  outgoing.on('error', () => {
    onFailure()
    refuse(socket, '502 Bad Gateway')
  })
  outgoing.on('response', (answer) => {
    answer.resume()
    refuse(socket, `${answer.statusCode ?? 502} ${answer.statusMessage ?? 'Refused'}`)
  })
  outgoing.on('upgrade', (answer, remote, remoteHead) => {
    socket.write(upgradeHead(answer))
    if (remoteHead.length > 0) socket.write(remoteHead)
    if (head.length > 0) remote.write(head)
    join(socket, remote)
  })
  outgoing.end()
}

function upgradeHead(answer: IncomingMessage): string {
  const lines = answer.rawHeaders.flatMap((name, index, all) => (index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ''}`] : []))
  return ['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n')
}

/** Either side's end is the other's. */
function join(left: Duplex, right: Duplex): void {
  for (const [from, to] of [
    [left, right],
    [right, left],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
}

function refuse(socket: Duplex, status: string): void {
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
