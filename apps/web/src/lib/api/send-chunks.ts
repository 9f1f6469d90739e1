import { CHUNK_BYTES, type Chunk } from '@ai-crm/contracts'
import { retrying } from './retrying.ts'

/** Sends a file piece by piece, each again where it got no answer. `onProgress`: bytes that have arrived. */
export async function sendChunks(file: Blob, send: (chunk: Chunk) => Promise<unknown>, onProgress: (sentBytes: number) => void): Promise<void> {
  for (let position = 0; position * CHUNK_BYTES < file.size; position++) {
    const end = Math.min(file.size, (position + 1) * CHUNK_BYTES)
    const bytes = await base64Of(file.slice(position * CHUNK_BYTES, end))
    await retrying(() => send({ position, bytes }))
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
