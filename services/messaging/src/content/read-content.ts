import { sql } from 'kysely'
import { Readable } from 'node:stream'
import type { Db } from '../ctx.ts'
import { BLOCK_BYTES, joinBlocks } from './blocks.ts'
import { SOURCE_PART, type ContentPlace } from './store-content.ts'

export interface StoredContent extends ContentPlace {
  sizeBytes: number
  /** In the row of the facts; else in chunks. */
  isInline: boolean
}

/** A stream of it, read row by row as the reader takes it. */
export const streamContent = (db: Db, content: StoredContent): Readable => Readable.from(blocksOf(db, content), { objectMode: false })

/** The whole in one piece: for what is known to be small. */
export async function readContent(db: Db, content: StoredContent): Promise<Buffer> {
  const blocks: Buffer[] = []
  for await (const block of blocksOf(db, content)) blocks.push(block)
  return joinBlocks(blocks)
}

async function* blocksOf(db: Db, content: StoredContent): AsyncGenerator<Buffer> {
  const count = Math.ceil(content.sizeBytes / BLOCK_BYTES)
  for (let position = 0; position < count; position++) yield content.isInline ? await readSlice(db, content, position) : await readChunk(db, content, position)
}

async function readChunk(db: Db, { messageId, part }: StoredContent, position: number): Promise<Buffer> {
  const chunk = await db
    .selectFrom('messageChunk')
    .select('bytes')
    .where('messageId', '=', messageId)
    .where('part', '=', part)
    .where('position', '=', position)
    .executeTakeFirstOrThrow()
  return chunk.bytes
}

/** Rows from before there were chunks may hold 30 MB: they are read in slices too. `from` is 1-based. */
async function readSlice(db: Db, { messageId, part }: StoredContent, position: number): Promise<Buffer> {
  const from = position * BLOCK_BYTES + 1
  if (part === SOURCE_PART) {
    const slice = sql<Buffer>`substring(source from ${from}::int for ${BLOCK_BYTES}::int)`.as('slice')
    return (await db.selectFrom('rawMessage').select(slice).where('messageId', '=', messageId).executeTakeFirstOrThrow()).slice
  }
  const slice = sql<Buffer>`substring(content from ${from}::int for ${BLOCK_BYTES}::int)`.as('slice')
  return (
    await db
      .selectFrom('attachment')
      .select(slice)
      .where('messageId', '=', messageId)
      .where('position', '=', part - 1)
      .executeTakeFirstOrThrow()
  ).slice
}
