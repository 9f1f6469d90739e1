import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import type { ScannerConfig } from './scanner-variables.ts'

/** What a scanner says of bytes: `finding` is its name for what it found, `null` where it found nothing. */
export interface Verdict {
  readonly state: 'clean' | 'infected' | 'unscannable'
  readonly finding: string | null
}

/** Nothing is known of the file: to be asked again later. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway'
  /** As of any other service that is away. */
  readonly status = 503
}

/** While nothing goes either way; clamd itself gives a scan two minutes. */
const IDLE_MS = 150_000
const CONNECT_MS = 5_000
const MOST_REPLY_CHARACTERS = 1_000
const MOST_VERSION_CHARACTERS = 200

/** INSTREAM of clamd(8): blocks with their length before them, an empty one at the end, then one line. Throws `ScannerAway`. */
export async function scanStream(url: string, blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, signal: AbortSignal): Promise<Verdict> {
  return verdictOf(
    await converse(url, signal, async (send) => {
      await send(Buffer.from('zINSTREAM\0'))
      for await (const block of blocks) {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(block.byteLength)
        if (block.byteLength > 0) await send(Buffer.concat([length, block]))
      }
      await send(Buffer.alloc(4))
    }),
  )
}

/** Whether a scanner answers there. */
export async function pingScanner(url: string, signal: AbortSignal): Promise<boolean> {
  const reply = await converse(url, signal, (send) => send(Buffer.from('zPING\0'))).catch(() => null)
  return reply === 'PONG'
}

/** Which scanner answers there, with which signatures: `ClamAV 1.4.3/27800/Thu Oct 23 09:49:35 2025`. Null: there is none. Throws `ScannerAway`. */
export async function askScannerVersion({ CLAMD_URL }: ScannerConfig, signal: AbortSignal): Promise<string | null> {
  if (CLAMD_URL === undefined) return null
  return (await converse(CLAMD_URL, signal, (send) => send(Buffer.from('zVERSION\0')))).slice(0, MOST_VERSION_CHARACTERS)
}

type Send = (bytes: Uint8Array) => Promise<void>

async function converse(url: string, signal: AbortSignal, speak: (send: Send) => Promise<void>): Promise<string> {
  const socket = open(url)
  const over = new AbortController()
  const abort = () => socket.destroy(new Error('There is no time left for the scanner.'))
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    const reply = readReply(socket)
    // What it says early, it says of all: nothing more is sent then.
    const spoken = speak(async (bytes) => {
      if (!socket.write(bytes)) await once(socket, 'drain', { signal: over.signal })
    })
    return await Promise.race([reply, spoken.then(() => reply)])
  } catch (error) {
    throw new ScannerAway('The scanner did not answer.', { cause: error })
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
    over.abort()
  }
}

function open(url: string): Socket {
  const { protocol, hostname, port, pathname } = new URL(url)
  const socket =
    protocol === 'unix:' ? connect({ path: decodeURIComponent(pathname) }) : connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) })
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('The scanner keeps silent.')))
  socket.once('connect', () => socket.setTimeout(IDLE_MS))
  return socket
}

async function readReply(socket: Socket): Promise<string> {
  let reply = ''
  for await (const piece of socket.iterator({ destroyOnReturn: false })) {
    reply += String(piece)
    const end = reply.indexOf('\0')
    if (end !== -1) return reply.slice(0, end)
    if (reply.length > MOST_REPLY_CHARACTERS) break
  }
  throw new Error(`The scanner said no whole line: ${reply.slice(0, 100)}`)
}

function verdictOf(reply: string): Verdict {
  if (reply === 'stream: OK') return { state: 'clean', finding: null }
  const found = /^stream: (.{1,200}) FOUND$/.exec(reply)?.[1]
  if (found !== undefined) return { state: 'infected', finding: found }
  if (reply.startsWith('INSTREAM size limit exceeded')) return { state: 'unscannable', finding: null }
  throw new ScannerAway(`The scanner said: ${reply.slice(0, 200)}`)
}
