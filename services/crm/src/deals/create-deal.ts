import { type CreateDeal, type Deal, dealCreated } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { dealColumns, toDeal } from './deal.ts'
import { requireSound } from './deal-rules.ts'
import { requireCompany, requireContacts } from './require-known.ts'

/** Of whoever makes it, unless told. Throws what deal-rules and require-known throw, and `notAMember` (422). */
export async function createDeal(ctx: Ctx, input: CreateDeal): Promise<Deal> {
  const ownerId = input.ownerId === undefined ? (ctx.rights?.userId ?? null) : input.ownerId
  const fields = { ...input, tagIds: distinctTags(input.tagIds), ownerId }
  requireSound(fields)
  return ctx.write(async ({ db, emit }) => {
    await requireMember(ctx, db, ownerId, 'ownerId')
    if (fields.companyId !== null) await requireCompany(ctx, db, fields.companyId)
    await requireTags(db, fields.tagIds, [])
    await requireContacts(ctx, db, fields.contacts, [])
    const row = await db
      .insertInto('deal')
      .values({ ...fields, contacts: JSON.stringify(fields.contacts) })
      .returning(dealColumns(ctx))
      .executeTakeFirstOrThrow()
    await emit(dealCreated({ dealId: row.id, ...fields }))
    return toDeal(row)
  })
}
