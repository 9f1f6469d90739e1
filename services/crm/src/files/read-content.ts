import { chunksIn } from '@ai-crm/contracts'
import { Readable } from 'node:stream'
import type { Db } from '../ctx.ts'

/** A stream of the bytes of a whole file, read piece by piece as the reader takes them. */
export const streamFile = (db: Db, file: { id: string; sizeBytes: number }): Readable => Readable.from(chunksOf(db, file), { objectMode: false })

async function* chunksOf(db: Db, { id, sizeBytes }: { id: string; sizeBytes: number }): AsyncGenerator<Buffer> {
  const count = chunksIn(sizeBytes)
  for (let position = 0; position < count; position++) {
    const chunk = await db.selectFrom('fileChunk').select('bytes').where('fileId', '=', id).where('position', '=', position).executeTakeFirstOrThrow()
    yield chunk.bytes
  }
}
