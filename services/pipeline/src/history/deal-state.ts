import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import type { DealState, Step } from './fold-deal.ts'

const COLUMNS = [
  ...(['id', 'stageId', 'pipelineId', 'stageKind', 'enteredAt', 'decidedAt', 'sequence'] as const),
  ...(['amountMinor', 'currency', 'ownerId', 'expectedCloseOn', 'isDeleted', 'version'] as const),
]

/** What is known of a deal, locked until the end of the transaction; with the pipeline in which deals stood before there were any. */
export async function lockDeal(db: Db, dealId: string): Promise<{ deal: DealState | null; firstPipelineId: string }> {
  const [deal, first] = await Promise.all([
    db.selectFrom('deal').select(COLUMNS).where('id', '=', dealId).forUpdate().executeTakeFirst(),
    sql<{ id: string }>`select platform.derived_id('pipeline.first') as id`.execute(db),
  ])
  return { deal: deal ?? null, firstPipelineId: first.rows[0]?.id ?? '' }
}

export async function storeStep(db: Db, { deal, missed, ended, begun }: Step): Promise<void> {
  const { id, ...rest } = deal
  await db
    .insertInto('deal')
    .values(deal)
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doUpdateSet(rest))
    .execute()
  if (missed) await insertStay(db, id, missed)
  if (ended) {
    const { sequence, leftBy, ...end } = ended
    await db
      .updateTable('stay')
      .set({ ...end, leftBy: JSON.stringify(leftBy) })
      .where('dealId', '=', id)
      .where('sequence', '=', sequence)
      .execute()
  }
  if (begun) await insertStay(db, id, begun)
}

const insertStay = (db: Db, dealId: string, { enteredBy, ...stay }: NonNullable<Step['begun']>) =>
  db
    .insertInto('stay')
    .values({ ...stay, dealId, enteredBy: JSON.stringify(enteredBy) })
    .execute()
