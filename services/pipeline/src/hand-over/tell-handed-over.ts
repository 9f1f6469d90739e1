import { dealHandedOver } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db, Write } from '../ctx.ts'

/** What is told of a deal that was won: as it was then. */
export interface WonDeal {
  readonly dealId: string
  readonly pipelineId: string
  readonly stageId: string
  readonly decidedAt: Date
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly ownerBeforeId: string | null
  readonly ownerId: string | null
}

/** For whoever bills and counts. */
export async function tellHandedOver({ db, emit }: Pick<Write, 'db' | 'emit'>, won: WonDeal, handOverId: string | null): Promise<void> {
  const { stageId: stage, decidedAt, dealId, pipelineId, amountMinor, currency, ownerBeforeId, ownerId } = won
  const rate = await rateOf(db, currency, decidedAt)
  const facts = { dealId, pipelineId, amountMinor, currency, ownerBeforeId, ownerId }
  await emit(dealHandedOver({ ...facts, ...rate, handOverId, stage, decidedAt: decidedAt.toISOString() }))
}

interface Rate {
  readonly organizationCurrency: string | null
  readonly rate: string | null
}

/** The organisation's currency, and what one unit of the deal's was worth in it on that day. */
async function rateOf(db: Db, currency: string | null, at: Date): Promise<Rate> {
  const { rows } = await sql<Rate>`
    select setting.currency as "organizationCurrency", case when setting.currency = ${currency} then '1' else (
        select trim_scale(known.rate)::text from currency_rate known
         where known.currency = ${currency} and known.valid_from <= (${at.toISOString()}::timestamptz at time zone 'UTC')::date
         order by known.valid_from desc limit 1) end as rate
      from currency_setting setting`.execute(db)
  return rows[0] ?? { organizationCurrency: null, rate: null }
}
