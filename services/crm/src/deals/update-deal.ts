import { type Deal, dealStageChanged, dealUpdated, type UpdateDeal } from '@ai-crm/contracts'
import { requireMember, versionConflict, writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { requireTags } from '../tags/known-tags.ts'
import { dealColumns, type DealRow, toDeal } from './deal.ts'
import { mayRead, mayWrite } from './deal-reach.ts'
import { changesBetween, settleUpdate } from './deal-rules.ts'
import { requireCompany, requireContacts } from './require-known.ts'

/**
 * Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. A new stage is
 * told apart from the other fields, and counts as a version of its own. Throws what deal-rules and require-known throw, and `notAMember` (422).
 */
export async function updateDeal(ctx: Ctx, dealId: string, expectedVersion: number, input: UpdateDeal): Promise<Deal> {
  return ctx.write(async ({ db, emit }) => {
    const row = writable(await lockDeal(ctx, db, dealId), 'deal')
    if (row.version !== expectedVersion) throw versionConflict('deal', row.version)

    const current = toDeal(row)
    const update = settleUpdate(current, input)
    const changes = changesBetween(current, update)
    const stage = update.stage !== undefined && update.stage !== current.stage ? { from: current.stage, to: update.stage } : null
    const events = [...(Object.keys(changes).length > 0 ? [dealUpdated({ dealId, changes })] : []), ...(stage ? [dealStageChanged({ dealId, ...stage })] : [])]
    if (events.length === 0) return current
    await requireMember(ctx, db, changes.ownerId?.to, 'ownerId')
    if (changes.companyId?.to) await requireCompany(ctx, db, changes.companyId.to)
    if (changes.contacts) await requireContacts(ctx, db, changes.contacts.to, current.contacts)

    if (changes.tagIds) await requireTags(db, changes.tagIds.to, changes.tagIds.from)

    const { contacts, ...columns } = update
    const changed = await db
      .updateTable('deal')
      .set({
        ...columns,
        ...(changes.tagIds ? { tagIds: changes.tagIds.to } : {}),
        ...(contacts ? { contacts: JSON.stringify(contacts) } : {}),
        version: sql<number>`version + ${events.length}`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('deal.id', '=', dealId)
      .returning(dealColumns(ctx))
      .executeTakeFirstOrThrow()
    for (const event of events) await emit(event)
    return toDeal(changed)
  })
}

const lockDeal = (ctx: Ctx, db: Db, dealId: string): Promise<(DealRow & { mayWrite: boolean }) | undefined> =>
  db
    .selectFrom('deal')
    .select([...dealColumns(ctx), mayWrite(ctx).as('mayWrite')])
    .where('deal.id', '=', dealId)
    .where('deal.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()
