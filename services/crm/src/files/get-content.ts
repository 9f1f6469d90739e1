import { notFound, requireGivenOut, type FileBody } from '@ai-crm/platform'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { streamFile } from './read-content.ts'
import { scanFileJob } from './scan-file.ts'

export async function getContent(ctx: Ctx, fileId: string): Promise<FileBody> {
  const file = await ctx.db
    .selectFrom('file')
    .select(['id', 'name', 'contentType', 'sizeBytes', 'scanState'])
    .where('file.id', '=', fileId)
    .where('file.isComplete', '=', true)
    .where('file.deletedAt', 'is', null)
    .where(seesAbout(ctx, 'file'))
    .executeTakeFirst()
  if (!file) throw notFound('file')
  if (file.scanState === null && ctx.config.CLAMD_URL !== undefined) await scanNow(ctx, fileId)
  requireGivenOut(ctx.config, file)
  return { contentType: file.contentType, fileName: file.name, body: streamFile(ctx.db, file) }
}

/** From before there was a scanner: it is asked when somebody wants the file. */
const scanNow = (ctx: Ctx, fileId: string): Promise<void> =>
  ctx.write(async ({ db, enqueue }) => {
    await db.updateTable('file').set({ scanState: 'waiting' }).where('id', '=', fileId).where('scanState', 'is', null).execute()
    await enqueue(scanFileJob, { fileId }, { key: fileId, maxAttempts: 'endless', keepsWaiting: true })
  })
