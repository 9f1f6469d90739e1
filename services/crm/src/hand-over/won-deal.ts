import type { HandOverReason } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** A step that is refused changes nothing. */
export interface Refused {
  readonly refused: HandOverReason
}

interface WonDeal {
  readonly ownerId: string | null
  readonly stageKind: string
}

/** A living deal that is won, held until the end of the transaction; else why it is not handed over. */
export async function lockWonDeal(db: Db, dealId: string): Promise<WonDeal | Refused> {
  const deal = await db
    .selectFrom('deal')
    .select(['ownerId', 'stageKind'])
    .where('id', '=', dealId)
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!deal) return { refused: 'deal-gone' }
  return deal.stageKind === 'won' ? deal : { refused: 'deal-reopened' }
}

/** What this service did for the hand-over so far. */
export async function handOverOf(db: Db, id: string) {
  return db.selectFrom('handOver').select(['dealId', 'ownerFromId', 'ownerToId', 'taskIds']).where('id', '=', id).executeTakeFirst()
}

export const NOW = sql<Date>`date_trunc('milliseconds', now())`
