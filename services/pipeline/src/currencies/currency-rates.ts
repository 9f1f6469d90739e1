import type { CurrencyRate, CurrencyRates } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'

/** Numbers without the zeros that PostgreSQL keeps behind them. */
const rate = sql<string>`trim_scale(rate)::text`

export async function storedRates(db: Db): Promise<CurrencyRate[]> {
  return db
    .selectFrom('currencyRate')
    .select(['currency', 'validFrom as on', rate.as('rate')])
    .orderBy('validFrom', 'desc')
    .orderBy('currency')
    .execute()
}

export async function getCurrencyRates({ db }: Pick<Ctx, 'db'>): Promise<CurrencyRates> {
  const [setting, rates] = await Promise.all([db.selectFrom('currencySetting').select(['currency', 'version']).executeTakeFirst(), storedRates(db)])
  return { currency: setting?.currency ?? null, rates, version: setting?.version ?? 1 }
}
