import { fileDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { notYourFile } from './errors.ts'

/**
 * Takes a file out of sight: one's own, or with the permission anybody's; its bytes go a while later (`FILE_RETENTION`). Of one that is not whole nobody
 * was told, nor is of its end. Repeated, it has no further effect. Throws `notYourFile` (403).
 */
export async function deleteFile(ctx: Ctx, fileId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const file = await db
      .selectFrom('file')
      .select(['name', 'isComplete', 'addedById', 'contactId', 'companyId', 'dealId', 'deletedAt'])
      .where('file.id', '=', fileId)
      .where(seesAbout(ctx, 'file'))
      .forUpdate('file')
      .executeTakeFirst()
    if (!file) throw notFound('file')
    const { isComplete, addedById, deletedAt, ...told } = file
    if (ctx.rights && ctx.rights.userId !== addedById) {
      if (!isComplete) throw notFound('file')
      if (!ctx.rights.permissions.has('crm.file.delete')) throw notYourFile()
    }
    if (deletedAt !== null) return
    await db
      .updateTable('file')
      .set({ deletedAt: sql<Date>`now()`, ...(isComplete ? { version: sql<number>`version + 1` } : {}) })
      .where('id', '=', fileId)
      .execute()
    await db
      .updateTable('fileChunk')
      .set({ unneededSince: sql<Date>`now()` })
      .where('fileId', '=', fileId)
      .execute()
    if (isComplete) await emit(fileDeleted({ fileId, ...told }))
  })
}
