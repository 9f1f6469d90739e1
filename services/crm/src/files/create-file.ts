import type { CreateRecordFile, RecordFile } from '@ai-crm/contracts'
import { noRecord, requireOneRecord } from '../about/errors.ts'
import { requireRecord } from '../about/require-record.ts'
import type { Ctx } from '../ctx.ts'
import { FILE_COLUMNS, toFile } from './file.ts'

/** RFC 6838, 4.2: what a browser gives as the type of a file; parameters are of no use to a download. */
const MEDIA_TYPE = /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/i

/** Announces a file; nobody is told before it is whole. Throws `noRecord`, `severalRecords` and `recordUnknown` (422). */
export async function createFile(ctx: Ctx, input: CreateRecordFile): Promise<RecordFile> {
  const about = requireOneRecord(input)
  const aboutId = about && input[about]
  if (!about || !aboutId) throw noRecord()
  const contentType = MEDIA_TYPE.test(input.contentType) ? input.contentType.toLowerCase() : 'application/octet-stream'
  return ctx.write(async ({ db }) => {
    await requireRecord(ctx, db, about, aboutId)
    const file = { ...input, contentType, addedById: ctx.rights?.userId ?? null }
    return toFile(await db.insertInto('file').values(file).returning(FILE_COLUMNS).executeTakeFirstOrThrow())
  })
}
