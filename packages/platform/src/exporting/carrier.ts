import { createHash, type Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { EXPORT_BATCH_BYTES, type ExportBatch } from '@ai-crm/contracts'

const compress = promisify(gzip)

/** One chunk, before it is compressed: what cannot be made smaller is still below the limit of a row. */
const CHUNK_BYTES = 131_072
const MOST_IN_BATCH = 200
/** Compressed; one more chunk still fits. */
const FULL_BYTES = EXPORT_BATCH_BYTES - CHUNK_BYTES

/** Takes what is brought; false where nobody wants it any more. */
export type Bring = (batch: Omit<ExportBatch, 'exportId' | 'run'>) => Promise<boolean>

/** Thrown when nobody waits for the export any more: whoever reads stops. */
export class NotWanted extends Error {}

interface OpenFile {
  readonly name: string
  readonly hash: Hash
  sizeBytes: number
  chunkCount: number
  pending: Uint8Array[]
  pendingBytes: number
}

/** Cuts files into compressed chunks and brings them in batches. Holds one batch in memory, however large files are. */
export class Carrier {
  readonly #bring: Bring
  #position = 0
  #batch = 0
  #chunks: ExportBatch['chunks'] = []
  #files: ExportBatch['files'] = []
  #bytes = 0
  #rowCount = 0

  constructor(bring: Bring) {
    this.#bring = bring
  }

  /** A file from blocks as they come; `rowCount` is asked when the last one has come. */
  async file(name: string, blocks: AsyncIterable<Uint8Array>, rowCount: () => number | null): Promise<void> {
    const file: OpenFile = { name, hash: createHash('sha256'), sizeBytes: 0, chunkCount: 0, pending: [], pendingBytes: 0 }
    for await (const block of blocks) {
      for (let from = 0; from < block.length; from += CHUNK_BYTES) {
        const piece = block.subarray(from, from + CHUNK_BYTES)
        if (file.pendingBytes + piece.length > CHUNK_BYTES) await this.#cut(file)
        file.pending.push(piece)
        file.pendingBytes += piece.length
      }
    }
    await this.#cut(file)
    const sha256 = file.hash.digest('hex')
    this.#files.push({ position: this.#position, name, rowCount: rowCount(), sizeBytes: file.sizeBytes, sha256 })
    this.#position += 1
    if (this.#files.length >= MOST_IN_BATCH) await this.#flush(false)
  }

  /** Rows that were read into the file at hand: progress that people see. */
  countRows(count: number): void {
    this.#rowCount += count
  }

  /** Everything was brought. */
  async finish(): Promise<void> {
    await this.#flush(true)
  }

  async #cut(file: OpenFile): Promise<void> {
    if (file.pendingBytes === 0) return
    const raw = Buffer.concat(file.pending)
    file.pending = []
    file.pendingBytes = 0
    file.hash.update(raw)
    file.sizeBytes += raw.length
    const bytes = await compress(raw)
    this.#chunks.push({ file: this.#position, number: file.chunkCount, bytes: bytes.toString('base64') })
    file.chunkCount += 1
    this.#bytes += bytes.length
    if (this.#bytes >= FULL_BYTES || this.#chunks.length >= MOST_IN_BATCH) await this.#flush(false)
  }

  async #flush(isLast: boolean): Promise<void> {
    const batch = { batch: this.#batch, isLast, chunks: this.#chunks, files: this.#files, rowCount: this.#rowCount }
    this.#batch += 1
    this.#chunks = []
    this.#files = []
    this.#bytes = 0
    this.#rowCount = 0
    if (!(await this.#bring(batch))) throw new NotWanted('Nobody waits for this export any more.')
  }
}
