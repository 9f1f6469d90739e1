import type { Write } from '../ctx.ts'

/** The customer's newest message is this one from now on; false when a newer one is known. */
export async function markNewest({ db }: Pick<Write, 'db'>, conversationId: string, message: { id: string; sequence: number }): Promise<boolean> {
  const marked = await db
    .updateTable('conversation')
    .set({ newestInboundId: message.id, newestInboundSequence: message.sequence })
    .where('id', '=', conversationId)
    .where('newestInboundSequence', '<', message.sequence)
    .returning('id')
    .executeTakeFirst()
  return marked !== undefined
}
