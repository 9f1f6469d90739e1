import { factorOf, type CurrencyRate, type ForecastLine, type ForecastPart, type ForecastSums, type StageOdds } from '@ai-crm/contracts'
import type { OpenDeals, WonDeals } from './deals-by-month.ts'

export interface Counted {
  readonly open: readonly OpenDeals[]
  readonly won: readonly WonDeals[]
  readonly odds: readonly StageOdds[]
  readonly currency: string | null
  /** Of today, one for each currency. */
  readonly rates: readonly CurrencyRate[]
  /** In their order. */
  readonly parts: readonly string[]
}

/** Sums of each part by currency, and of all in the organisation's. Rounded once, at the end. */
export function sumForecast(counted: Counted): ForecastPart[] {
  const today = todaysFactors(counted)
  return counted.parts.map((part) => {
    const [open, won] = [counted.open.filter((deals) => deals.part === part), counted.won.filter((deals) => deals.part === part)]
    const currencies = [...new Set([...open, ...won].map(({ currency }) => currency))].toSorted()
    const lines = currencies.map((currency) => lineOf(currency, open, won, counted.odds))
    return { part, lines: lines.map(roundedLine), total: totalOf(lines, won, counted.currency, today) }
  })
}

function lineOf(currency: string, allOpen: readonly OpenDeals[], allWon: readonly WonDeals[], odds: readonly StageOdds[]): ForecastLine {
  const [open, won] = [allOpen.filter((deals) => deals.currency === currency), allWon.filter((deals) => deals.currency === currency)]
  const chance = (stage: string) => {
    const found = odds.find((each) => each.stage === stage)
    const said = (found?.probability ?? 0) / 100
    return { said, shown: found?.empirical ?? said }
  }
  return {
    currency,
    wonCount: sum(won, ({ count }) => count),
    openCount: sum(open, ({ count }) => count),
    wonMinor: sum(won, ({ amountMinor }) => amountMinor),
    openMinor: sum(open, ({ amountMinor }) => amountMinor),
    weightedMinor: sum(open, ({ amountMinor, stage }) => amountMinor * chance(stage).said),
    empiricalMinor: sum(open, ({ amountMinor, stage }) => amountMinor * chance(stage).shown),
  }
}

type Factors = ReadonlyMap<string, number>

const todaysFactors = ({ currency, rates }: Counted): Factors =>
  new Map(currency === null ? [] : rates.map((rate) => [rate.currency, factorOf(rate.currency, currency, Number(rate.rate))]))

/** What is won is worth what it was on its day, what is open what it is today. Null where nobody said what a currency is worth. */
function totalOf(lines: readonly ForecastLine[], won: readonly WonDeals[], currency: string | null, today: Factors): ForecastSums | null {
  if (currency === null) return null
  const factor = (from: string): number => (from === currency ? 1 : (today.get(from) ?? Number.NaN))
  const factorThen = (deals: WonDeals): number =>
    deals.currency === currency ? 1 : deals.rate === null ? Number.NaN : factorOf(deals.currency, currency, deals.rate)
  const openSum = (of: (line: ForecastLine) => number): number => sum(lines, (line) => (line.openCount === 0 ? 0 : of(line) * factor(line.currency)))
  const total = {
    wonMinor: sum(won, (deals) => deals.amountMinor * factorThen(deals)),
    openMinor: openSum(({ openMinor }) => openMinor),
    weightedMinor: openSum(({ weightedMinor }) => weightedMinor),
    empiricalMinor: openSum(({ empiricalMinor }) => empiricalMinor),
  }
  return Object.values(total).some(Number.isNaN) ? null : roundedSums(total)
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number => items.reduce((whole, item) => whole + of(item), 0)

const roundedSums = ({ wonMinor, openMinor, weightedMinor, empiricalMinor }: ForecastSums): ForecastSums => ({
  wonMinor: Math.round(wonMinor),
  openMinor: Math.round(openMinor),
  weightedMinor: Math.round(weightedMinor),
  empiricalMinor: Math.round(empiricalMinor),
})
const roundedLine = (line: ForecastLine): ForecastLine => ({ ...line, ...roundedSums(line) })
