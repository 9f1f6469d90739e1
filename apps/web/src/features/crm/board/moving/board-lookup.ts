import type { BoardCard, Me } from '@ai-crm/contracts'
import type { QueryClient } from '@tanstack/react-query'
import { forbiddenBy } from '../../../../lib/pipelines/forbidden.ts'
import { columnQuery } from '../board-queries.ts'
import { cardsIn, totalsIn } from '../column-data.ts'
import type { Column } from './lift-keys.ts'
import type { Cell } from './place.ts'

export interface Found {
  readonly card: BoardCard
  readonly cell: Cell
  readonly index: number
}

/** What stands where on a board, as it is known here now. */
export interface BoardLookup {
  cell: (cellId: string) => Cell | undefined
  cards: (cell: Cell) => readonly BoardCard[]
  find: (cardId: string) => Found | null
  /** The columns of the lane of a cell as the keyboard sees them; with a card that is held, folded ones too. */
  columns: (cellId: string, held: BoardCard | null) => readonly Column[]
}

export function lookupOf(cache: QueryClient, cells: readonly Cell[], me: Pick<Me, 'role' | 'customRole'>, isFolded: (cell: Cell) => boolean): BoardLookup {
  const dataOf = (cell: Cell) => cache.getQueryData(columnQuery(cell.stage.id, cell.asked).queryKey)
  const cards = (cell: Cell) => cardsIn(dataOf(cell))
  const cell = (cellId: string) => cells.find(({ id }) => id === cellId)
  return {
    cell,
    cards,
    find: (cardId) => {
      for (const each of cells) {
        const index = cards(each).findIndex(({ id }) => id === cardId)
        const card = cards(each)[index]
        if (card) return { card, cell: each, index }
      }
      return null
    },
    columns: (cellId, held) =>
      cells
        .filter((each) => each.laneId === cell(cellId)?.laneId && (held !== null || !isFolded(each)))
        .map((each) => ({
          cellId: each.id,
          count: cards(each).filter(({ id }) => id !== held?.id).length,
          mayEnter: held === null || forbiddenBy({ from: held.stage, to: each.stage, me, count: totalsIn(dataOf(each)).count }) === null,
          isOrdered: each.stage.kind !== 'open',
        })),
  }
}
