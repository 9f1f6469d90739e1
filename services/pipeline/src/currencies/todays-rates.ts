import type { TodaysRates } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { requireZone } from '../flow/window.ts'

/** The day is that of the zone. Throws `windowUnsound` (400). */
export async function getTodaysRates({ db }: Pick<Ctx, 'db'>, zone: string): Promise<TodaysRates> {
  requireZone(zone)
  const { rows } = await sql<TodaysRates>`
    select (select currency from currency_setting) as currency,
           (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'on', valid_from, 'rate', trim_scale(rate)::text) order by currency), '[]')
              from (select distinct on (currency) currency, valid_from, rate from currency_rate
                     where valid_from <= (now() at time zone ${zone})::date order by currency, valid_from desc) as today) as rates`.execute(db)
  const [row] = rows
  if (!row) throw new Error('A select without a table has no row.')
  return row
}
