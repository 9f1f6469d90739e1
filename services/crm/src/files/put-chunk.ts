import { type Chunk, chunksIn, fileAdded, type RecordFile } from '@ai-crm/contracts'
import { firstScanState, notFound } from '@ai-crm/platform'
import { HEAD_BYTES, judgeType } from '@ai-crm/platform/file-types'
import { sql } from 'kysely'
import { seesAbout } from '../about/seen.ts'
import { fittingChunk } from '../chunks/fitting-chunk.ts'
import type { Ctx, Db } from '../ctx.ts'
import { FILE_COLUMNS, toFile, type FileRow } from './file.ts'
import { fileScanning } from './scan-file.ts'

/** Keeps a piece of a file of one's own. Repeated, and of a file that is whole already, it has no effect. Throws 404 and `chunkUnfit` (422). */
export async function putChunk(ctx: Ctx, fileId: string, chunk: Chunk): Promise<RecordFile> {
  return ctx.write(async ({ db, emit, enqueue }) => {
    const file = await lockOwnFile(ctx, db, fileId)
    const bytes = fittingChunk(chunk, file.sizeBytes)
    if (file.isComplete) return toFile(file)
    await db
      .insertInto('fileChunk')
      .values({ fileId, position: chunk.position, bytes })
      .onConflict((conflict) => conflict.columns(['organizationId', 'fileId', 'position']).doUpdateSet({ bytes }))
      .execute()
    if (await isMissingSome(db, file)) return toFile(file)
    await db.updateTable('fileChunk').set({ unneededSince: null }).where('fileId', '=', fileId).execute()
    const completed = await db
      .updateTable('file')
      .set({ isComplete: true, contentType: await typeOf(db, file), scanState: firstScanState(ctx.config), version: sql<number>`version + 1` })
      .where('file.id', '=', fileId)
      .returning(FILE_COLUMNS)
      .executeTakeFirstOrThrow()
    const { name, contentType, sizeBytes, contactId, companyId, dealId, addedById } = completed
    await emit(fileAdded({ fileId, contactId, companyId, dealId, name, contentType, sizeBytes, addedById }))
    if (completed.scanState === 'waiting') await fileScanning.begin({ enqueue }, fileId)
    return toFile(completed)
  })
}

/** Of a file that is whole: what its bytes say, not what it was announced as. */
async function typeOf(db: Db, { id, contentType }: FileRow): Promise<string> {
  const head = sql<Buffer>`substring(bytes from 1 for ${HEAD_BYTES})`.as('head')
  const first = await db.selectFrom('fileChunk').select(head).where('fileId', '=', id).where('position', '=', 0).executeTakeFirstOrThrow()
  return judgeType(contentType, first.head)
}

/** Until it is whole it is its adder's alone. */
async function lockOwnFile(ctx: Ctx, db: Db, fileId: string): Promise<FileRow> {
  const file = await db
    .selectFrom('file')
    .select(FILE_COLUMNS)
    .where('file.id', '=', fileId)
    .where('file.deletedAt', 'is', null)
    .$if(ctx.rights !== null, (query) => query.where('file.addedById', '=', ctx.rights?.userId ?? null))
    .where(seesAbout(ctx, 'file'))
    .forUpdate('file')
    .executeTakeFirst()
  if (!file) throw notFound('file')
  return file
}

async function isMissingSome(db: Db, { id, sizeBytes }: FileRow): Promise<boolean> {
  const { pieces } = await db
    .selectFrom('fileChunk')
    .select(sql<number>`count(*)::integer`.as('pieces'))
    .where('fileId', '=', id)
    .executeTakeFirstOrThrow()
  return pieces < chunksIn(sizeBytes)
}
