import type { Import } from '@ai-crm/contracts'
import { api } from '../../../lib/api/api.ts'
import { newIdempotencyKey } from '../../../lib/api/idempotency-key.ts'
import { retrying } from '../../../lib/api/retrying.ts'
import { sendChunks } from '../../../lib/api/send-chunks.ts'

/** Sends a file that is to be imported, and has it read; each step again where it got no answer. `onProgress`: from 0 to 1. */
export async function sendFile(file: File, onProgress: (part: number) => void): Promise<Import> {
  const idempotencyKey = newIdempotencyKey()
  const { id: importId } = await retrying(() => api.crm.createImport({ body: { fileName: file.name, sizeBytes: file.size }, idempotencyKey }))
  await sendChunks(
    file,
    (chunk) => api.crm.putImportChunk({ params: { importId }, body: chunk }),
    (sentBytes) => onProgress(sentBytes / file.size),
  )
  return retrying(() => api.crm.analyseImport({ params: { importId }, body: {} }))
}
