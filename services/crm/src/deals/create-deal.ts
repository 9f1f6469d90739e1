import { type CreateDeal, type Deal, dealCreated } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { changed, customChanges } from '../fields/change-custom.ts'
import { demandedOfNew, requireDemanded } from '../fields/demanded-values.ts'
import { holdRules, requireStage } from '../stages/move-rules.ts'
import { firstStage, readStages } from '../stages/stage.ts'
import { makeStageTasks } from '../stages/stage-tasks.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { dealColumns, toDeal } from './deal.ts'
import { requireSound } from './deal-rules.ts'
import { requireCompany, requireContacts } from './require-known.ts'

/**
 * Of whoever makes it, and where deals begin, unless told; as the rules of the stage let it. Throws what deal-rules, require-known, change-custom,
 * demanded-values and move-rules throw, and `notAMember` (422).
 */
export async function createDeal(ctx: Ctx, input: CreateDeal): Promise<Deal> {
  const ownerId = input.ownerId === undefined ? (ctx.rights?.userId ?? null) : input.ownerId
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const stageId = input.stage ?? (await whereDealsBegin(db))
    const fields = { ...input, stage: stageId, tagIds: distinctTags(input.tagIds), ownerId }
    const rules = await holdRules(ctx, db, [stageId], [])
    requireSound({ ...fields, stageKind: requireStage(rules.stages, stageId).kind })
    await requireMember(ctx, db, ownerId, 'ownerId')
    if (fields.companyId !== null) await requireCompany(ctx, db, fields.companyId)
    await requireTags(db, fields.tagIds, [])
    await requireContacts(ctx, db, fields.contacts, [])
    const custom = changed({}, await customChanges(ctx, db, 'deal', input.custom, {}))
    const stage = rules.enter({ ...fields, custom }, null, stageId)
    const row = await db
      .insertInto('deal')
      .values({ ...fields, contacts: JSON.stringify(fields.contacts), custom: JSON.stringify(custom) })
      .returning([...dealColumns(ctx), 'deal.rank', demandedOfNew('deal').as('demanded')])
      .executeTakeFirstOrThrow()
    requireDemanded(ctx, 'deal', row.demanded, custom)
    const deal = toDeal(row)
    const { pipelineId, stageKind, stageEnteredAt } = deal
    await emit(dealCreated({ dealId: row.id, ...fields, custom, pipelineId, stageKind, stageEnteredAt, rank: row.rank }))
    await makeStageTasks(ctx, scope, [{ dealId: row.id, ownerId, stage }])
    return deal
  })
}

const whereDealsBegin = async (db: Db): Promise<string> => firstStage(await readStages(db)).id
