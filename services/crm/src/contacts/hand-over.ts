import { contactUpdated } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const BATCH = 100

/** What somebody who left owned, and whose it is now; runs `handOver`. */
export const handOverContacts: Job<{ from: string; to: string | null }> = {
  name: 'crm.hand-over-contacts',
  payload: z.object({ from: z.uuid(), to: z.uuid().nullable() }),
}

/** Gives every living contact of `from` to `to`, each with its event, in batches: a crash goes on where it was. */
export async function handOver(ctx: Ctx, { from, to }: { from: string; to: string | null }): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await moveSome(ctx, from, to)
}

async function moveSome(ctx: Ctx, from: string, to: string | null): Promise<number> {
  return ctx.write(async ({ db, emit }) => {
    const moved = await db
      .updateTable('contact')
      .set({ ownerId: to, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', 'in', (eb) =>
        eb.selectFrom('contact').select('id').where('ownerId', '=', from).where('deletedAt', 'is', null).orderBy('id').limit(BATCH).forUpdate(),
      )
      .returning('id')
      .execute()
    for (const { id } of moved) await emit(contactUpdated({ contactId: id, changes: { ownerId: { from, to } } }))
    return moved.length
  })
}
