import { createServer, type Socket } from 'node:net'

/** The test file of EICAR, in two halves: whole it would be found in this repository. */
export const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''))

export interface ClamdServer {
  /** For CLAMD_URL. */
  readonly url: string
  /** Sizes of the streams that were scanned. */
  readonly scanned: number[]
  /** How it answers from now on: as clamd does, or closing the door before a word, or with an error of its own. */
  mood: 'well' | 'away' | 'broken'
  /** What its signatures find, by their names; EICAR at first. Another `database` says that they have changed. */
  readonly signatures: Map<string, Buffer>
  database: number
  close(): Promise<void>
}

/** Speaks INSTREAM, PING and VERSION as clamd 1.4 does (checked against it). */
export async function startClamdServer(maxBytes = 100 * 1024 * 1024): Promise<ClamdServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    void serve(socket)
  })

  async function serve(socket: Socket): Promise<void> {
    if (fake.mood === 'away') return void socket.destroy()
    let bytes = Buffer.alloc(0)
    let command: string | null = null
    for await (const piece of socket.iterator({ destroyOnReturn: false })) {
      bytes = Buffer.concat([bytes, piece])
      const end = bytes.indexOf(0)
      if (command === null && end !== -1) [command, bytes] = [bytes.subarray(0, end).toString(), bytes.subarray(end + 1)]
      const reply = command === null ? null : replyTo(command, bytes)
      if (reply !== null) return void socket.end(`${reply}\0`)
    }
  }

  function replyTo(command: string, bytes: Buffer): string | null {
    if (command === 'zPING') return 'PONG'
    if (command === 'zVERSION') return `ClamAV 1.4.3/${fake.database}/Thu Oct 23 09:49:35 2025`
    if (command !== 'zINSTREAM') return 'UNKNOWN COMMAND'
    const { content, isWhole } = contentOf(bytes)
    if (content.length > maxBytes) return 'INSTREAM size limit exceeded. ERROR'
    if (!isWhole) return null
    if (fake.mood === 'broken') return 'stream: Can not allocate memory ERROR'
    fake.scanned.push(content.length)
    const found = [...fake.signatures].find(([, signature]) => content.includes(signature))
    return found ? `stream: ${found[0]} FOUND` : 'stream: OK'
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const fake: ClamdServer = {
    url: `tcp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    scanned: [],
    mood: 'well',
    signatures: new Map([['Eicar-Test-Signature', EICAR]]),
    database: 27_800,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return fake
}

function contentOf(bytes: Buffer): { content: Buffer; isWhole: boolean } {
  const blocks: Buffer[] = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return { content: Buffer.concat(blocks), isWhole: true }
    blocks.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return { content: Buffer.concat(blocks), isWhole: false }
}
