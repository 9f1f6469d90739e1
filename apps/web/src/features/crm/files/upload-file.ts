import { FILE_CHUNK_BYTES } from '@ai-crm/contracts'
import { api } from '../../../lib/api/api.ts'
import { newIdempotencyKey } from '../../../lib/api/idempotency-key.ts'
import { retrying } from '../../../lib/api/retrying.ts'
import type { About } from '../records/about.ts'

interface Upload {
  readonly about: About
  readonly file: File
  readonly signal: AbortSignal
  readonly onProgress: (sentBytes: number) => void
}

/** Sends a file piece by piece; a piece that got no answer is sent again. What was sent of one that is given up is cleared away by the server. */
export async function uploadFile({ about, file, signal, onProgress }: Upload): Promise<void> {
  const idempotencyKey = newIdempotencyKey()
  const body = { name: file.name, contentType: file.type, sizeBytes: file.size, ...about }
  const { id: fileId } = await retrying(() => api.crm.createRecordFile({ body, idempotencyKey, signal }))
  for (let position = 0; position * FILE_CHUNK_BYTES < file.size; position++) {
    const end = Math.min(file.size, (position + 1) * FILE_CHUNK_BYTES)
    const bytes = await base64Of(file.slice(position * FILE_CHUNK_BYTES, end))
    await retrying(() => api.crm.putRecordFileChunk({ params: { fileId, position }, body: { bytes }, signal }))
    onProgress(end)
  }
}

/** By the browser's own reader: no loop over bytes on the main thread. */
const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : ''))
    // A file that was moved or changed meanwhile.
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')))
    reader.readAsDataURL(blob)
  })
