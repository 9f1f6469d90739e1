/** Bytes in pieces that a socket, a driver and a row of PostgreSQL take without holding up anybody else. */
export type Blocks = readonly Uint8Array[]

/** Of every block but the last, which is shorter. The tables refuse more than 1 MiB. */
export const BLOCK_BYTES = 512 * 1024

export const byteLengthOf = (blocks: Blocks): number => blocks.reduce((sum, { byteLength }) => sum + byteLength, 0)

/** The same memory, cut. */
export function toBlocks(bytes: Uint8Array): Blocks {
  const blocks: Uint8Array[] = []
  for (let at = 0; at < bytes.byteLength; at += BLOCK_BYTES) blocks.push(bytes.subarray(at, at + BLOCK_BYTES))
  return blocks
}

/** One piece again. Copies: for workers, and for what is known to be small. */
export const joinBlocks = (blocks: Blocks): Buffer => Buffer.concat(blocks)

/** Takes bytes as they come and puts each full block into shared memory, so that threads read it without a copy. */
export class BlockCollector {
  readonly #full: Uint8Array[] = []
  #chunks: Uint8Array[] = []
  #bytes = 0

  add(chunk: Uint8Array): void {
    let rest = chunk
    while (this.#bytes + rest.byteLength >= BLOCK_BYTES) {
      const missing = BLOCK_BYTES - this.#bytes
      this.#take(rest.subarray(0, missing))
      this.#close()
      rest = rest.subarray(missing)
    }
    if (rest.byteLength > 0) this.#take(rest)
  }

  finish(): Blocks {
    if (this.#bytes > 0) this.#close()
    return this.#full
  }

  #take(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.byteLength
  }

  #close(): void {
    const block = new Uint8Array(new SharedArrayBuffer(this.#bytes))
    let at = 0
    for (const chunk of this.#chunks) {
      block.set(chunk, at)
      at += chunk.byteLength
    }
    this.#full.push(block)
    this.#chunks = []
    this.#bytes = 0
  }
}
