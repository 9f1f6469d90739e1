import { scanFile, type Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { streamContent } from './read-content.ts'
import { attachmentPart } from './store-content.ts'

/** Asks the scanner about the attachments of a mail until it answers; runs `scan`. */
export const scanAttachmentsJob: Job<{ messageId: string }> = { name: 'messaging.scan-attachments', payload: z.object({ messageId: z.uuid() }) }

/** One after another: what has its verdict keeps it when a later one fails. */
export async function scan(ctx: Ctx, { messageId }: { messageId: string }): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('attachment')
    .select(['id', 'position', 'sizeBytes', sql<boolean>`content is not null`.as('isInline')])
    .where('messageId', '=', messageId)
    .where('scanState', '=', 'waiting')
    .orderBy('position')
    .execute()
  for (const { id, position, sizeBytes, isInline } of waiting) {
    const blocks = streamContent(ctx.db, { messageId, part: attachmentPart(position), sizeBytes, isInline })
    const verdict = await scanFile(ctx.config, { sizeBytes, blocks }, ctx.signal)
    if (verdict?.state === 'infected') ctx.log.warn({ messageId }, 'an attachment is infected')
    // Nobody scans any more: as if nobody had been asked.
    const values = { scanState: verdict?.state ?? null, scanFinding: verdict?.finding ?? null }
    await ctx.write(async ({ db }) => void (await db.updateTable('attachment').set(values).where('id', '=', id).where('scanState', '=', 'waiting').execute()))
  }
}
