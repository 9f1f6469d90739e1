import { scanFile, type Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { streamFile } from './read-content.ts'

/** Asks the scanner about a whole file until it answers; runs `scan`. */
export const scanFileJob: Job<{ fileId: string }> = { name: 'crm.scan-file', payload: z.object({ fileId: z.uuid() }) }

export async function scan(ctx: Ctx, { fileId }: { fileId: string }): Promise<void> {
  const file = await ctx.db.selectFrom('file').select(['id', 'sizeBytes']).where('id', '=', fileId).where('scanState', '=', 'waiting').executeTakeFirst()
  if (!file) return
  const verdict = await scanFile(ctx.config, { sizeBytes: file.sizeBytes, blocks: streamFile(ctx.db, file) }, ctx.signal)
  if (verdict?.state === 'infected') ctx.log.warn({ fileId }, 'a file about a record is infected')
  // Nobody scans any more: as if nobody had been asked.
  const values = { scanState: verdict?.state ?? null, scanFinding: verdict?.finding ?? null }
  await ctx.write(async ({ db }) => void (await db.updateTable('file').set(values).where('id', '=', fileId).where('scanState', '=', 'waiting').execute()))
}
