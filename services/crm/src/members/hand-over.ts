import { companyUpdated, contactUpdated, dealUpdated } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const BATCH = 100

export interface HandOver {
  /** Who left. */
  from: string
  /** Whose everything is now; null: nobody's. */
  to: string | null
}
const payload = z.object({ from: z.uuid(), to: z.uuid().nullable() })

/** What somebody who left owned, and whose it is now; each runs `handOver` of its kind. */
export const handOverJob = (name: string): Job<HandOver> => ({ name, payload })
export const handOverContacts = handOverJob('crm.hand-over-contacts')
export const handOverCompanies = handOverJob('crm.hand-over-companies')
export const handOverDeals = handOverJob('crm.hand-over-deals')

/** Records with an owner, and the event that tells of a new one. */
const KINDS = {
  contact: (contactId: string, ownerId: Move) => contactUpdated({ contactId, changes: { ownerId } }),
  company: (companyId: string, ownerId: Move) => companyUpdated({ companyId, changes: { ownerId } }),
  deal: (dealId: string, ownerId: Move) => dealUpdated({ dealId, changes: { ownerId } }),
} as const
type Move = { from: string; to: string | null }

/** Gives every living record of `from` to `to`, each with its event, in batches: a crash goes on where it was. */
export const handOver =
  (kind: keyof typeof KINDS) =>
  async (ctx: Ctx, move: HandOver): Promise<void> => {
    for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await moveSome(ctx, kind, move)
  }

async function moveSome(ctx: Ctx, kind: keyof typeof KINDS, { from, to }: HandOver): Promise<number> {
  return ctx.write(async ({ db, emit }) => {
    const moved = await db
      .updateTable(kind)
      .set({ ownerId: to, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', 'in', (eb) =>
        eb.selectFrom(kind).select('id').where('ownerId', '=', from).where('deletedAt', 'is', null).orderBy('id').limit(BATCH).forUpdate(),
      )
      .returning('id')
      .execute()
    for (const { id } of moved) await emit(KINDS[kind](id, { from, to }))
    return moved.length
  })
}
