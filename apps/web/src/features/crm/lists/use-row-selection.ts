import { useCallback, useMemo, useRef, useState } from 'react'

interface Row {
  readonly id: string
}

/** What of a list is selected: some of its rows, or all that it finds, those that are not loaded among them. */
export interface RowSelection {
  readonly ids: ReadonlySet<string>
  readonly isAll: boolean
  has(id: string): boolean
  /** `isRange`: everything between the row that was chosen before and this one as well. */
  toggle(index: number, isRange: boolean): void
  /** All rows that are loaded, or none where all of them are. */
  toggleLoaded(): void
  selectAll(): void
  clear(): void
}

/** `asked` says what the list shows: of another list nothing is selected. */
export function useRowSelection(rows: readonly Row[], asked: string): RowSelection {
  const [state, setState] = useState<{ asked: string; ids: ReadonlySet<string>; isAll: boolean }>({ asked, ids: new Set(), isAll: false })
  const anchor = useRef<string | null>(null)
  const isCurrent = state.asked === asked
  const ids = useMemo<ReadonlySet<string>>(() => (isCurrent ? state.ids : new Set()), [isCurrent, state.ids])
  const isAll = isCurrent && state.isAll
  const choose = useCallback((next: Iterable<string>) => setState({ asked, ids: new Set(next), isAll: false }), [asked])
  return useMemo(() => {
    // Of all, what is taken away leaves the rows that are loaded: of the others nobody knows which they are.
    const before = isAll ? rows.map(({ id }) => id) : [...ids]
    return {
      ids,
      isAll,
      has: (id) => isAll || ids.has(id),
      toggle(index, isRange) {
        const id = rows[index]?.id
        if (id === undefined) return
        const from = isRange ? rows.findIndex((row) => row.id === anchor.current) : -1
        const range = from < 0 ? [id] : rows.slice(Math.min(from, index), Math.max(from, index) + 1).map((row) => row.id)
        const isTaken = from < 0 && before.includes(id)
        anchor.current = id
        choose(isTaken ? before.filter((each) => each !== id) : [...before, ...range])
      },
      toggleLoaded: () => choose(isAll || rows.every(({ id }) => ids.has(id)) ? [] : [...ids, ...rows.map(({ id }) => id)]),
      selectAll: () => setState({ asked, ids: new Set(), isAll: true }),
      clear: () => choose([]),
    }
  }, [rows, asked, ids, isAll, choose])
}
