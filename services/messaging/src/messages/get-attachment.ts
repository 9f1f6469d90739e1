import { notFound, type FileBody } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { streamBytes } from './stream-bytes.ts'

export async function getAttachment(ctx: Ctx, messageId: string, attachmentId: string): Promise<FileBody> {
  const attachment = await ctx.db
    .selectFrom('attachment')
    .select(['fileName', 'contentType', 'sizeBytes'])
    .where('id', '=', attachmentId)
    .where('messageId', '=', messageId)
    .executeTakeFirst()
  if (!attachment) throw notFound('attachment')
  const { fileName, contentType, sizeBytes } = attachment
  const body = streamBytes(sizeBytes, async (from, bytes) => {
    const slice = sql<Uint8Array>`substring(content from ${from}::int for ${bytes}::int)`.as('slice')
    return (await ctx.db.selectFrom('attachment').select(slice).where('id', '=', attachmentId).executeTakeFirstOrThrow()).slice
  })
  return { contentType, fileName, body }
}
