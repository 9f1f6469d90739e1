import type { BoardCard, BoardTotals } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { columnQuery } from '../board-queries.ts'
import { cardsIn, totalsIn } from '../column-data.ts'
import { useCarried } from '../moving/drag-store.ts'
import type { Cell } from '../moving/place.ts'

export interface ColumnState {
  /** As they are shown: a card that the keyboard carries stands where it would be put down. */
  readonly cards: readonly BoardCard[]
  readonly totals: BoardTotals
  readonly liftedId: string | null
  readonly isPending: boolean
  readonly error: Error | null
  readonly refetch: () => void
  readonly hasMore: boolean
  readonly onEnd: () => void
}

export function useColumn(cell: Cell): ColumnState {
  // A lane is not part of what the board brings.
  const query = useInfiniteQuery({ ...columnQuery(cell.stage.id, cell.asked), ...(cell.laneId === null ? {} : { meta: {} }) })
  const { data, isPending, error, refetch, fetchNextPage } = query
  const carried = useCarried()
  const known = useMemo(() => cardsIn(data), [data])
  const cards = useMemo(() => {
    if (!carried) return known
    const others = known.filter(({ id }) => id !== carried.card.id)
    return carried.to?.cellId === cell.id ? others.toSpliced(carried.to.index, 0, carried.card) : others
  }, [known, carried, cell.id])
  return {
    cards,
    totals: totalsIn(data),
    liftedId: carried?.to?.cellId === cell.id ? carried.card.id : null,
    isPending,
    error: data ? null : error,
    refetch: () => void refetch(),
    hasMore: query.hasNextPage && !query.isFetchingNextPage && !query.isError,
    onEnd: () => void fetchNextPage(),
  }
}
