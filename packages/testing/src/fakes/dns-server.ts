import { decode, encode, RECURSION_DESIRED } from 'dns-packet'
import { createSocket } from 'node:dgram'

export interface DnsServer {
  /** `127.0.0.1:<port>`, as resolvers take it. */
  readonly address: string
  /** What a name answers to TXT from now on; nothing takes it away. */
  setText(name: string, ...texts: string[]): void
  /** The name cannot be answered for (SERVFAIL), until a text is set. */
  fail(name: string): void
  /** Names that were asked for, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** A name server that knows the TXT records that it was told, over UDP; other names do not exist. */
export async function startDnsServer(): Promise<DnsServer> {
  const texts = new Map<string, string[]>()
  const failing = new Set<string>()
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    const query = decode(message)
    const [question] = query.questions ?? []
    if (!question) return
    const name = question.name.toLowerCase()
    asked.push(name)
    const found = question.type === 'TXT' ? (texts.get(name) ?? []) : []
    // SERVFAIL is 2 and NXDOMAIN 3 in the last bits of the flags (RFC 1035 4.1.1).
    const flags = RECURSION_DESIRED | (failing.has(name) ? 2 : texts.has(name) ? 0 : 3)
    const answers = found.map((text) => ({ type: 'TXT' as const, name: question.name, ttl: 1, data: cut(text) }))
    socket.send(
      encode({ type: 'response', ...(query.id === undefined ? {} : { id: query.id }), flags, questions: [question], answers }),
      peer.port,
      peer.address,
    )
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    setText(name, ...values) {
      failing.delete(name.toLowerCase())
      if (values.length === 0) texts.delete(name.toLowerCase())
      else texts.set(name.toLowerCase(), values)
    },
    fail: (name) => void failing.add(name.toLowerCase()),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

/** Texts travel in parts of at most 255 bytes; ours are shorter, and cut all the same, as real zones may have them. */
const cut = (text: string): string[] => [text.slice(0, 20), text.slice(20)].filter((part) => part !== '')
