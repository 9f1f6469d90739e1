import { type CreateDeal, type Deal, dealCreated } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { changed, customChanges } from '../fields/change-custom.ts'
import { demandedOfNewDeal, requireDemanded } from '../fields/demanded-values.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { dealColumns, toDeal } from './deal.ts'
import { requireSound } from './deal-rules.ts'
import { requireCompany, requireContacts } from './require-known.ts'

/** Of whoever makes it, unless told. Throws what deal-rules, require-known, change-custom and demanded-values throw, and `notAMember` (422). */
export async function createDeal(ctx: Ctx, input: CreateDeal): Promise<Deal> {
  const ownerId = input.ownerId === undefined ? (ctx.rights?.userId ?? null) : input.ownerId
  const fields = { ...input, tagIds: distinctTags(input.tagIds), ownerId }
  requireSound(fields)
  return ctx.write(async ({ db, emit }) => {
    await requireMember(ctx, db, ownerId, 'ownerId')
    if (fields.companyId !== null) await requireCompany(ctx, db, fields.companyId)
    await requireTags(db, fields.tagIds, [])
    await requireContacts(ctx, db, fields.contacts, [])
    const custom = changed({}, await customChanges(ctx, db, 'deal', input.custom, {}))
    const row = await db
      .insertInto('deal')
      .values({ ...fields, contacts: JSON.stringify(fields.contacts), custom: JSON.stringify(custom) })
      .returning([...dealColumns(ctx), demandedOfNewDeal(fields.stage).as('demanded')])
      .executeTakeFirstOrThrow()
    requireDemanded(ctx, 'deal', row.demanded, custom)
    await emit(dealCreated({ dealId: row.id, ...fields, custom }))
    return toDeal(row)
  })
}
