import type { Import } from '@ai-crm/contracts'
import { api } from '../../../lib/api/api.ts'
import { sendChunks } from '../../../lib/api/send-chunks.ts'

/** Sends a file that is to be imported, and has it read. `onProgress`: from 0 to 1. */
export async function sendFile(file: File, idempotencyKey: string, onProgress: (part: number) => void): Promise<Import> {
  const { id: importId } = await api.crm.createImport({ body: { fileName: file.name, sizeBytes: Math.max(1, file.size) }, idempotencyKey })
  await sendChunks(
    file,
    (chunk) => api.crm.putImportChunk({ params: { importId }, body: chunk }),
    (sentBytes) => onProgress(sentBytes / file.size),
  )
  return api.crm.analyseImport({ params: { importId }, body: {} })
}
