import type { CreateRecordFile, RecordFile } from '@ai-crm/contracts'
import { noRecord, requireOneRecord } from '../about/errors.ts'
import { requireRecord } from '../about/require-record.ts'
import { namedType } from '@ai-crm/platform/file-types'
import type { Ctx } from '../ctx.ts'
import { FILE_COLUMNS, toFile } from './file.ts'

/** Announces a file; nobody is told before it is whole. Throws `noRecord`, `severalRecords` and `recordUnknown` (422). */
export async function createFile(ctx: Ctx, input: CreateRecordFile): Promise<RecordFile> {
  const about = requireOneRecord(input)
  const aboutId = about && input[about]
  if (!about || !aboutId) throw noRecord()
  const contentType = namedType(input.contentType)
  return ctx.write(async ({ db }) => {
    await requireRecord(ctx, db, about, aboutId)
    const file = { ...input, contentType, addedById: ctx.rights?.userId ?? null }
    return toFile(await db.insertInto('file').values(file).returning(FILE_COLUMNS).executeTakeFirstOrThrow())
  })
}
