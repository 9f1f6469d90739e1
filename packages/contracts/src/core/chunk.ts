import { z } from 'zod'

/** A file arrives in pieces of this size, the last one smaller: each is repeated without harm, and none is too much for a process. */
export const CHUNK_BYTES = 524_288

/** In how many pieces a file arrives. */
export const chunksIn = (sizeBytes: number): number => Math.ceil(sizeBytes / CHUNK_BYTES)

/** A piece of a file of up to `maxBytes`: its place, from 0, and its bytes in base64 (RFC 4648, 4). */
export const chunkOf = (maxBytes: number) =>
  z.strictObject({
    position: z
      .number()
      .int()
      .min(0)
      .max(chunksIn(maxBytes) - 1),
    bytes: z.base64().max(Math.ceil(CHUNK_BYTES / 3) * 4),
  })
export type Chunk = z.infer<ReturnType<typeof chunkOf>>

/** What a request with a piece may weigh, in bytes. */
export const CHUNK_BODY_LIMIT = 720_000
