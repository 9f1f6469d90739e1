import { Readable } from 'node:stream'

/** PostgreSQL sends bytea as text: small slices keep the event loop free while 30 MB pass through. */
const SLICE_BYTES = 512 * 1024

/** Bytes of a column, slice by slice; `readSlice` gets a 1-based offset, as SQL's substring wants it. */
export function streamBytes(sizeBytes: number, readSlice: (from: number, bytes: number) => Promise<Uint8Array>): Readable {
  return Readable.from(slices(sizeBytes, readSlice), { objectMode: false })
}

async function* slices(sizeBytes: number, readSlice: (from: number, bytes: number) => Promise<Uint8Array>): AsyncGenerator<Buffer> {
  for (let at = 0; at < sizeBytes; at += SLICE_BYTES) yield Buffer.from(await readSlice(at + 1, SLICE_BYTES))
}
