import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'

/** Of what is brought at once, compressed: reading it holds up nobody for long. In base64, with files beside it, it stays within EXPORT_BODY_BYTES. */
export const EXPORT_BATCH_BYTES = 262_144
const EXPORT_BODY_BYTES = 3 * EXPORT_BATCH_BYTES

/** A piece of a file of the archive: gzip members of their own, which follow one another. */
const ExportChunk = z.object({
  /** Position of the file within the part. */
  file: z.number().int().min(0),
  number: z.number().int().min(0),
  /** Base64. */
  bytes: z.string().max(1_400_000),
})

/** A file of which everything was brought, with this batch at the latest. */
const ExportedFile = z.object({
  position: z.number().int().min(0),
  /** Below the folder of the service: `contact.jsonl`, `source/0190….eml`. */
  name: z.string().regex(/^[a-z0-9_-]+(?:\/[a-z0-9_-]+)?(?:\.[a-z0-9]{1,8})?$/),
  /** Of a table; null of what is no table. */
  rowCount: z.number().int().min(0).nullable(),
  sizeBytes: z.number().int().min(0),
  /** SHA-256 in hex, of what is unpacked. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export const ExportBatch = z.object({
  exportId: z.uuid(),
  /** Which attempt of the service this is: of an earlier one nothing is kept any more. */
  run: z.number().int().min(1),
  /** 0, 1, 2 …: what comes twice is kept once. */
  batch: z.number().int().min(0),
  isLast: z.boolean(),
  chunks: z.array(ExportChunk).max(400),
  files: z.array(ExportedFile).max(400),
  /** Rows of tables in this batch. */
  rowCount: z.number().int().min(0),
})
export type ExportBatch = z.infer<typeof ExportBatch>

/** How services bring their parts: auth keeps all of them. For services only, each for the organisation of its token. */
export const internalExportEndpoints = defineEndpoints('auth', {
  beginExportPart: {
    method: 'POST',
    path: '/auth/exports/begin',
    summary: 'Begin the part of the asking service, or begin it anew; null where nobody waits for it any more',
    access: 'internal',
    idempotency: 'natural',
    body: z.object({ exportId: z.uuid() }),
    response: z.object({ run: z.number().int().nullable() }),
    status: 200,
    priority: 'write',
  },
  keepExportBatch: {
    method: 'POST',
    path: '/auth/exports/batch',
    summary: 'Keep a piece of the part of the asking service; `isWanted` false: stop',
    access: 'internal',
    idempotency: 'natural',
    body: ExportBatch,
    response: z.object({ isWanted: z.boolean() }),
    status: 200,
    bodyLimit: EXPORT_BODY_BYTES,
    timeoutMs: 30_000,
    priority: 'write',
  },
})
