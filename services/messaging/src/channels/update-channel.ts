import { channelUpdated, type Channel } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { toChannel } from './channel.ts'

type ChannelInput = { name?: string | undefined; signature?: string | undefined }

/** Without a difference nothing happens. */
export async function updateChannel(ctx: Ctx, channelId: string, expectedVersion: number, input: ChannelInput): Promise<Channel> {
  return ctx.write(async ({ db, emit }) => {
    const row = await db.selectFrom('channel').selectAll().where('id', '=', channelId).forUpdate().executeTakeFirst()
    if (!row) throw notFound('channel')
    if (row.version !== expectedVersion) throw versionConflict('channel', row.version)

    const { name = row.name, signature = row.signature } = input
    const changes = {
      ...(name === row.name ? {} : { name: { from: row.name, to: name } }),
      ...(signature === row.signature ? {} : { signature: { from: row.signature, to: signature } }),
    }
    if (Object.keys(changes).length === 0) return toChannel(ctx, row)
    const changed = await db
      .updateTable('channel')
      .set({ name, signature, version: row.version + 1 })
      .where('id', '=', channelId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(channelUpdated({ channelId, changes }))
    return toChannel(ctx, changed)
  })
}
