import { api } from '../../../lib/api/api.ts'
import { newIdempotencyKey } from '../../../lib/api/idempotency-key.ts'
import { retrying } from '../../../lib/api/retrying.ts'
import { sendChunks } from '../../../lib/api/send-chunks.ts'
import type { About } from '../records/about.ts'

interface Upload {
  readonly about: About
  readonly file: File
  readonly signal: AbortSignal
  readonly onProgress: (sentBytes: number) => void
}

/** Adds a file to a record. What was sent of one that is given up is cleared away by the server. */
export async function uploadFile({ about, file, signal, onProgress }: Upload): Promise<void> {
  const idempotencyKey = newIdempotencyKey()
  const body = { name: file.name, contentType: file.type, sizeBytes: file.size, ...about }
  const { id: fileId } = await retrying(() => api.crm.createRecordFile({ body, idempotencyKey, signal }))
  await sendChunks(file, (chunk) => api.crm.putRecordFileChunk({ params: { fileId }, body: chunk, signal }), onProgress)
}
