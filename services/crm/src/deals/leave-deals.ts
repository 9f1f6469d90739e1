import { type DealContact, dealUpdated } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import { isStillDeleted, noteLetGo } from '../changes/let-go.ts'
import type { Ctx } from '../ctx.ts'

const BATCH = 100

/** A deleted contact takes part in no deal any more; runs `leaveDeals`. */
export const leaveDealsOfContact: Job<{ contactId: string }> = { name: 'crm.leave-deals', payload: z.object({ contactId: z.uuid() }) }

/** In batches, each change with its event: a crash goes on where it was. One that comes back meanwhile keeps what is left. */
export async function leaveDeals(ctx: Ctx, { contactId }: { contactId: string }): Promise<void> {
  for (let left = BATCH; left === BATCH && !ctx.signal.aborted;) left = await leaveSome(ctx, contactId)
}

async function leaveSome(ctx: Ctx, contactId: string): Promise<number> {
  return ctx.write(async ({ db, emitAll }) => {
    if (!(await isStillDeleted(db, 'contact', contactId))) return 0
    const { rows } = await sql<{ id: string; from: DealContact[]; to: DealContact[] }>`
      with left_deal as (
        select deal.id, deal.contacts,
               coalesce((select jsonb_agg(given order by nth) from jsonb_array_elements(deal.contacts) with ordinality as parts (given, nth)
                 where given ->> 'contactId' <> ${contactId}::text), '[]') as others
          from deal
         where deal.id in (select deal_id from deal_contact where contact_id = ${contactId} order by deal_id limit ${BATCH})
         order by deal.id for update of deal
      )
      update deal set contacts = left_deal.others, version = version + 1, updated_at = date_trunc('milliseconds', now())
        from left_deal where deal.id = left_deal.id
      returning deal.id, left_deal.contacts as "from", left_deal.others as "to"`.execute(db)
    await noteLetGo(
      db,
      contactId,
      'contact-of-deal',
      rows.map(({ id, from }) => ({ id, role: from.find((part) => part.contactId === contactId)?.role ?? null })),
    )
    await emitAll(rows.map(({ id, from, to }) => dealUpdated({ dealId: id, changes: { contacts: { from, to } } })))
    return rows.length
  })
}
