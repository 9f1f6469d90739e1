import type { BoardCard, BoardColumn, BoardTotals } from '@ai-crm/contracts'
import type { InfiniteData } from '@tanstack/react-query'

export type ColumnData = InfiniteData<BoardColumn>

export const cardsIn = (data: ColumnData | undefined): BoardCard[] => data?.pages.flatMap(({ cards }) => cards) ?? []
export const totalsIn = (data: ColumnData | undefined): BoardTotals => data?.pages[0]?.totals ?? { count: 0, sums: [] }
export const holds = (data: ColumnData | undefined, ids: ReadonlySet<string>): boolean =>
  data?.pages.some(({ cards }) => cards.some(({ id }) => ids.has(id))) ?? false

/** A column is fetched anew page after page: no more of them than these. Whoever has scrolled further goes on from there. */
const MAX_ANEW = 6

export const firstPages = (data: ColumnData): ColumnData =>
  data.pages.length > MAX_ANEW ? { pages: data.pages.slice(0, MAX_ANEW), pageParams: data.pageParams.slice(0, MAX_ANEW) } : data

/** The totals with the amount of a card more (1) or less (-1). */
export function withAmount({ count, sums }: BoardTotals, { amountMinor, currency }: Pick<BoardCard, 'amountMinor' | 'currency'>, by: 1 | -1): BoardTotals {
  const changed = { count: Math.max(0, count + by), sums }
  if (!amountMinor || !currency) return changed
  const known = sums.find((sum) => sum.currency === currency)?.amountMinor ?? 0
  const others = sums.filter((sum) => sum.currency !== currency)
  const left = known + by * amountMinor
  return { ...changed, sums: left === 0 ? others : [...others, { currency, amountMinor: left }] }
}

const withTotals = (data: ColumnData, change: (totals: BoardTotals) => BoardTotals): ColumnData => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, totals: change(page.totals) })),
})

/** The column without a card; the column itself where it does not hold it. */
export function withoutCard(data: ColumnData, card: BoardCard): ColumnData {
  if (!holds(data, new Set([card.id]))) return data
  const pages = data.pages.map((page) => ({ ...page, cards: page.cards.filter(({ id }) => id !== card.id) }))
  return withTotals({ ...data, pages }, (totals) => withAmount(totals, card, -1))
}

/** The column with a card at a place among its cards. */
export function withCard(data: ColumnData, card: BoardCard, index: number): ColumnData {
  let left = index
  let isPut = false
  const pages = data.pages.map((page, at): BoardColumn => {
    const isLast = at === data.pages.length - 1
    if (isPut || (left > page.cards.length && !isLast)) {
      left -= page.cards.length
      return page
    }
    isPut = true
    return { ...page, cards: page.cards.toSpliced(Math.min(left, page.cards.length), 0, card) }
  })
  return withTotals({ ...data, pages }, (totals) => withAmount(totals, card, 1))
}

/** Of all money in a column, what can be expected of it. */
export const weighted = ({ sums }: BoardTotals, probability: number): BoardTotals['sums'] =>
  sums.map(({ currency, amountMinor }) => ({ currency, amountMinor: Math.round((amountMinor * probability) / 100) }))

/** Whether a glance at a column shows something else than is known of it. */
export function differs(data: ColumnData, now: BoardColumn): boolean {
  const known = totalsIn(data)
  const told = ({ sums }: BoardTotals) =>
    sums
      .map(({ currency, amountMinor }) => `${currency} ${amountMinor}`)
      .toSorted()
      .join()
  const [knownTop] = cardsIn(data)
  const [top] = now.cards
  return known.count !== now.totals.count || told(known) !== told(now.totals) || knownTop?.id !== top?.id || knownTop?.version !== top?.version
}
