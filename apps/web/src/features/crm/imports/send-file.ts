import { IMPORT_CHUNK_BYTES, type Import } from '@ai-crm/contracts'
import { api } from '../../../lib/api/api.ts'
import { retrying } from '../../../lib/api/retrying.ts'

/** Sends a file piece by piece, each tried again where the line breaks, and has it read. `onProgress`: from 0 to 1. */
export async function sendFile(file: File, idempotencyKey: string, onProgress: (part: number) => void): Promise<Import> {
  const { id: importId } = await api.crm.createImport({ body: { fileName: file.name, sizeBytes: Math.max(1, file.size) }, idempotencyKey })
  for (let position = 0; position * IMPORT_CHUNK_BYTES < file.size; position++) {
    const bytes = await base64Of(file.slice(position * IMPORT_CHUNK_BYTES, (position + 1) * IMPORT_CHUNK_BYTES))
    await retrying(() => api.crm.putImportChunk({ params: { importId }, body: { position, bytes } }))
    onProgress(Math.min(1, ((position + 1) * IMPORT_CHUNK_BYTES) / file.size))
  }
  return api.crm.analyseImport({ params: { importId }, body: {} })
}

/** No more arguments than every browser takes. */
const AT_ONCE = 0x8000

async function base64Of(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer())
  let text = ''
  for (let first = 0; first < bytes.length; first += AT_ONCE) text += String.fromCharCode(...bytes.subarray(first, first + AT_ONCE))
  return btoa(text)
}
