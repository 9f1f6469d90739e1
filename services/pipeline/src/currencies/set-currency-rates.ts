import { currencyRatesUpdated, isCurrency, type CurrencyRate, type CurrencyRates, type SetCurrencyRates } from '@ai-crm/contracts'
import { versionConflict, type FieldError } from '@ai-crm/platform'
import { isDeepStrictEqual } from 'node:util'
import type { Ctx } from '../ctx.ts'
import { getCurrencyRates } from './currency-rates.ts'
import { ratesUnsound } from './errors.ts'

/** Without a difference nothing happens. Throws `versionConflict` (409), `ratesUnsound` (422) with all that is wrong. */
export async function setCurrencyRates(ctx: Ctx, expectedVersion: number, { currency, rates }: SetCurrencyRates): Promise<CurrencyRates> {
  requireSound(currency, rates)
  const sorted = rates.map(trimmed).toSorted((one, other) => (one.on === other.on ? (one.currency < other.currency ? -1 : 1) : one.on < other.on ? 1 : -1))
  return ctx.write(async ({ db, emit }) => {
    await db
      .insertInto('currencySetting')
      .values({ currency: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db.selectFrom('currencySetting').select('version').forUpdate().executeTakeFirstOrThrow()
    const known = await getCurrencyRates({ db })
    if (known.version !== expectedVersion) throw versionConflict('list of rates', known.version)
    if (known.currency === currency && isDeepStrictEqual(known.rates, sorted)) return known
    await db.deleteFrom('currencyRate').execute()
    if (rates.length > 0)
      await db
        .insertInto('currencyRate')
        .values(rates.map(({ on, ...rate }) => ({ ...rate, validFrom: on })))
        .execute()
    const version = known.version + 1
    await db.updateTable('currencySetting').set({ currency, version }).execute()
    const stored = await getCurrencyRates({ db })
    await emit(currencyRatesUpdated({ organizationId: ctx.organizationId, currency, rates: stored.rates }))
    return stored
  })
}

/** As it is read again: 0.90 is 0.9. */
const trimmed = ({ rate, ...each }: CurrencyRate): CurrencyRate => ({ ...each, rate: rate.replace(/\.0+$|(?<=\.\d*[1-9])0+$/, '') })

function requireSound(currency: string, rates: readonly CurrencyRate[]): void {
  const problems: FieldError[] = isCurrency(currency) ? [] : [{ field: '/currency', message: 'Not a currency' }]
  const seen = new Set<string>()
  for (const [index, rate] of rates.entries()) {
    if (!isCurrency(rate.currency)) problems.push({ field: `/rates/${index}/currency`, message: 'Not a currency' })
    if (rate.currency === currency) problems.push({ field: `/rates/${index}/currency`, message: 'The currency of the organisation is worth itself.' })
    if (seen.has(`${rate.currency} ${rate.on}`)) problems.push({ field: `/rates/${index}/on`, message: 'There is a rate of this day already.' })
    if (Number(rate.rate) === 0) problems.push({ field: `/rates/${index}/rate`, message: 'A currency that is worth nothing' })
    seen.add(`${rate.currency} ${rate.on}`)
  }
  if (problems.length > 0) throw ratesUnsound(problems)
}
