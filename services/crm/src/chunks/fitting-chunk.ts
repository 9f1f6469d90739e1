import { CHUNK_BYTES, type Chunk } from '@ai-crm/contracts'
import { defineError } from '@ai-crm/platform'

const chunkUnfit = defineError(
  'crm.chunk_unfit',
  422,
  (expectedBytes: number) =>
    expectedBytes > 0 ? `This piece of the file must have ${expectedBytes} bytes. Send it again.` : 'The file has no such piece: it is smaller.',
  () => ({ fields: [{ field: '/bytes', message: 'Not of the size that this piece has' }] }),
)

/** The bytes of a piece, which has the size that it must have in a file of `sizeBytes`: as many as there must be are all of them. Throws `chunkUnfit` (422). */
export function fittingChunk({ position, bytes: base64 }: Chunk, sizeBytes: number): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  const expected = Math.min(CHUNK_BYTES, sizeBytes - position * CHUNK_BYTES)
  if (bytes.length !== expected) throw chunkUnfit(Math.max(expected, 0))
  return bytes
}
