import { ViewColumn, type ListRecord } from '@ai-crm/contracts'
import { useState } from 'react'
import { z } from 'zod'
import { useMe } from '../../../lib/session/session-store.ts'
import type { ListSearch } from './list-search.ts'

export const MIN_WIDTH = 60
export const MAX_WIDTH = 1000
export const USUAL_WIDTH = 150

/** In CSS pixels, by the key of the column; those that nobody has made wider or narrower are not there. */
export type Widths = Readonly<Record<string, number>>

export const clampWidth = (width: number): number => Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width)))

const Kept = z.record(z.string(), ViewColumn.shape.width.unwrap().unwrap())

/** The key at `from` put before the one at `to`; behind all where `to` is past them. */
export function movedColumn(keys: readonly string[], from: number, to: number): string[] {
  const key = keys[from]
  if (key === undefined) return [...keys]
  const rest = keys.filter((_key, at) => at !== from)
  return rest.toSpliced(from < to ? to - 1 : to, 0, key)
}

export function withWidth(widths: Widths, key: string, width: number | null): Widths {
  const { [key]: _former, ...others } = widths
  return width === null ? others : { ...others, [key]: clampWidth(width) }
}

interface ColumnWidths {
  readonly widths: Widths
  readonly set: (key: string, width: number | null) => void
}

/** How wide columns are: as the view says, and where none is chosen, as this person left them in this browser. */
export function useColumnWidths(record: ListRecord, search: ListSearch, show: (change: ListSearch) => void): ColumnWidths {
  const place = `column-widths ${useMe().user.id} ${record}`
  const [own, setOwn] = useState<Widths>(() => keptAt(place))
  const isOfView = search.view !== undefined || search.widths !== undefined
  const widths = isOfView ? (search.widths ?? {}) : own
  return {
    widths,
    set(key, width) {
      const next = withWidth(widths, key, width)
      if (isOfView) return show({ widths: Object.keys(next).length > 0 ? next : undefined })
      setOwn(next)
      localStorage.setItem(place, JSON.stringify(next))
    },
  }
}

function keptAt(place: string): Widths {
  try {
    return Kept.safeParse(JSON.parse(localStorage.getItem(place) ?? '{}')).data ?? {}
  } catch {
    return {}
  }
}
