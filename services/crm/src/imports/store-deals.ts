import type { Deal, StageKind } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { inSlices } from '../in-slices.ts'

/** Everything that an import writes of a new deal. */
export type StoredDeal = Pick<
  Deal,
  'id' | 'title' | 'amountMinor' | 'currency' | 'stage' | 'lostReason' | 'expectedCloseOn' | 'companyId' | 'contacts' | 'tagIds' | 'ownerId' | 'custom'
>

/** Where the database has put it. */
interface Place {
  readonly id: string
  readonly pipelineId: string
  readonly stageKind: StageKind
  readonly stageEnteredAt: Date
  readonly rank: string
}

/** A thousand of them are a parameter or two, not twelve thousand. */
export async function insertDeals(db: Db, deals: readonly StoredDeal[]): Promise<Place[]> {
  const stored = await Promise.all(
    [...inSlices(deals)].map((slice) =>
      sql<Place>`
      insert into deal (id, title, amount_minor, currency, stage, lost_reason, expected_close_on, company_id, contacts, tag_ids, owner_id, custom)
      select id, title, "amountMinor", currency, stage, "lostReason", "expectedCloseOn", "companyId", contacts, "tagIds", "ownerId", custom
        from jsonb_to_recordset(${slice}::jsonb) as given (id uuid, title text, "amountMinor" bigint, currency text, stage text, "lostReason" text,
          "expectedCloseOn" date, "companyId" uuid, contacts jsonb, "tagIds" uuid[], "ownerId" uuid, custom jsonb)
      returning id, pipeline_id, stage_kind, stage_entered_at, rank`.execute(db),
    ),
  )
  return stored.flatMap(({ rows }) => rows)
}
