import type { CurrencyRates } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** In one statement: the rates belong to the version that is read. They are without the zeros that PostgreSQL keeps behind them. */
export async function getCurrencyRates({ db }: Pick<Ctx, 'db'>): Promise<CurrencyRates> {
  const { rows } = await sql<CurrencyRates>`
    select (select currency from currency_setting) as currency, coalesce((select version from currency_setting), 1) as version,
           (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'on', valid_from, 'rate', trim_scale(rate)::text) order by valid_from desc, currency), '[]')
              from currency_rate) as rates`.execute(db)
  const [row] = rows
  if (!row) throw new Error('A select without a table has no row.')
  return row
}
