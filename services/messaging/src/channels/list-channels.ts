import type { Channel } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { toChannel } from './channel.ts'

export async function listChannels(ctx: Ctx): Promise<{ items: Channel[] }> {
  const rows = await ctx.db.selectFrom('channel').selectAll().orderBy('createdAt').orderBy('id').limit(100).execute()
  return { items: rows.map((row) => toChannel(ctx, row)) }
}
