import { notFound, type FileBody } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { streamBytes } from './stream-bytes.ts'

/** The message as it arrived, or as it leaves, byte for byte. */
export async function getMessageSource(ctx: Ctx, messageId: string): Promise<FileBody> {
  const raw = await ctx.db.selectFrom('rawMessage').select('sizeBytes').where('messageId', '=', messageId).executeTakeFirst()
  if (!raw) throw notFound('message')
  const body = streamBytes(raw.sizeBytes, async (from, bytes) => {
    const slice = sql<Uint8Array>`substring(source from ${from}::int for ${bytes}::int)`.as('slice')
    return (await ctx.db.selectFrom('rawMessage').select(slice).where('messageId', '=', messageId).executeTakeFirstOrThrow()).slice
  })
  return { contentType: 'application/octet-stream', fileName: `${messageId}.eml`, body }
}
