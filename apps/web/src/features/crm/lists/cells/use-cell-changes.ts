import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, hasCode } from '../../../../lib/api/explain.ts'
import { showToast } from '../../../../ui/toast-store.ts'
import { demandedIn } from '../../deals/move/demanded-keys.ts'
import type { RecordRow } from '../table-shape.ts'
import { putRow } from './cached-rows.ts'
import type { CellValue, RecordEdit, Send } from './record-edit.ts'
import { sendChange } from './send-change.ts'

/** A change that the server refused: why, and what was given, so that nothing typed is lost. */
export interface Refusal {
  readonly text: string
  readonly value: CellValue
}

/** A change that needs values of other fields first. */
export interface Demand<Row> {
  readonly row: Row
  readonly key: string
  readonly value: CellValue
  readonly keys: readonly string[]
}

export interface CellChanges<Row> {
  /** The row with what is on its way. */
  shown: (row: Row) => Row
  refusalOf: (rowId: string, key: string) => Refusal | undefined
  /** False: it is no value for this field, and nothing has begun. */
  change: (row: Row, field: { key: string; label: string }, value: CellValue) => boolean
  forget: (rowId: string, key: string) => void
  readonly demand: Demand<Row> | null
  endDemand: () => void
}

const placeOf = (rowId: string, key: string): string => `${rowId} ${key}`
const without = <Kept>(all: ReadonlyMap<string, Kept>, place: string): ReadonlyMap<string, Kept> => new Map([...all].filter(([key]) => key !== place))

/** Changes cells at once on the screen, and on the server in turn; what is refused goes back, with why beside it. */
export function useCellChanges<Row extends RecordRow>(edit: RecordEdit<Row>): CellChanges<Row> {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [patches, setPatches] = useState<ReadonlyMap<string, object>>(new Map())
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refusal>>(new Map())
  const [demand, setDemand] = useState<Demand<Row> | null>(null)
  const forget = (rowId: string, key: string) => setRefusals((all) => without(all, placeOf(rowId, key)))

  const inTurn = (row: Row, key: string, before: string, send: Send<Row>) =>
    cache
      .getMutationCache()
      .build(cache, {
        scope: { id: row.id },
        mutationFn: () => sendChange(edit.read, { row, send, isStill: (now) => edit.stateOf(now, key) === before }, (now) => putRow(cache, edit, now)),
      })
      .execute(undefined)
  const settle = (row: Row) => {
    putRow(cache, edit, row)
    void cache.invalidateQueries({ queryKey: ['crm', edit.list] })
    void cache.invalidateQueries({ queryKey: ['crm', RECORD_OF[edit.list], row.id] })
  }
  const change: CellChanges<Row>['change'] = (row, { key, label }, value) => {
    const made = edit.changeOf(row, key, value)
    if (!made) return false
    const place = placeOf(row.id, key)
    const takeBack = (saved: Row) =>
      void inTurn(saved, key, edit.stateOf(saved, key), made.undo).then(settle, (error: Error) => showToast({ kind: 'problem', text: explain(error, t) }))
    forget(row.id, key)
    setPatches((all) => new Map([...all, [place, made.patch]]))
    inTurn(row, key, edit.stateOf(row, key), made.send)
      .then((saved) => {
        settle(saved)
        showToast({ kind: 'done', text: t('lists.cells.changed', { field: label }), action: { label: t('common.undo'), run: () => takeBack(saved) } })
      })
      .catch((error: Error) => {
        const keys = demandedIn(error)
        if (keys) return setDemand({ row, key, value, keys })
        const text = hasCode(error, 'platform.version_conflict') ? t('records.newer') : explain(error, t)
        return setRefusals((all) => new Map([...all, [place, { text, value }]]))
      })
      .finally(() => setPatches((all) => (all.get(place) === made.patch ? without(all, place) : all)))
    return true
  }
  return {
    shown: (row) =>
      patches.size === 0 ? row : [...patches].reduce((shown, [place, patch]) => (place.startsWith(`${row.id} `) ? { ...shown, ...patch } : shown), row),
    refusalOf: (rowId, key) => refusals.get(placeOf(rowId, key)),
    change,
    forget,
    demand,
    endDemand: () => setDemand(null),
  }
}

const RECORD_OF = { contacts: 'contact', companies: 'company', deals: 'deal' } as const
