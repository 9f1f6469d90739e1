import type { Db } from '../ctx.ts'
import { toBuffer } from './to-buffer.ts'
import type { Blocks } from './blocks.ts'

/** Of which message, and what of it: 0 is its raw source, an attachment is its position + 1. */
export interface ContentPlace {
  messageId: string
  part: number
}
export const SOURCE_PART = 0
export const attachmentPart = (position: number): number => position + 1

/** What goes into the row of the facts itself: all of it, or null where it is kept in chunks (`storeChunks`). */
export const inlineContent = (blocks: Blocks): Buffer | null => (blocks.length > 1 ? null : toBuffer(blocks[0] ?? new Uint8Array()))

/**
 * The blocks of what is not inline, one row each, in the transaction of the message: a mail is stored whole or not at
 * all. Each waits for its answer, and the event loop turns meanwhile.
 */
export async function storeChunks(db: Db, { messageId, part }: ContentPlace, blocks: Blocks): Promise<void> {
  if (blocks.length <= 1) return
  for (const [position, block] of blocks.entries())
    await db
      .insertInto('messageChunk')
      .values({ messageId, part, position, bytes: toBuffer(block) })
      .execute()
}
