import { notFound, requireGivenOut, type FileBody } from '@ai-crm/platform'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { streamFile } from './read-content.ts'
import { fileScanning } from './scan-file.ts'

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
  if (file.scanState === null && ctx.config.CLAMD_URL !== undefined) await fileScanning.beginLate(ctx, fileId)
  requireGivenOut(ctx.config, file)
  return { contentType: file.contentType, fileName: file.name, body: streamFile(ctx.db, file) }
}
