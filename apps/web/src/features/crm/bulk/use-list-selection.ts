import type { ListRecord } from '@ai-crm/contracts'
import { hashKey } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { type RowSelection, useRowSelection } from '../lists/use-row-selection.ts'

interface Listed {
  readonly record: ListRecord
  readonly rows: readonly { readonly id: string }[]
  readonly queryKey: readonly unknown[]
  /** The row with the mark, if one has it. */
  readonly markedId: string | null
}

/**
 * What of a list is selected; null for whoever may not change anything. X selects the marked row, with Shift everything up to it; with Ctrl or
 * Cmd, A selects what is loaded.
 */
export function useListSelection({ record, rows, queryKey, markedId }: Listed): RowSelection | null {
  const { t } = useTranslation()
  const canUpdate = useCan(`crm.${record}.update`)
  const canDelete = useCan(`crm.${record}.delete`)
  const kept = useRowSelection(rows, hashKey(queryKey))
  const selection = canUpdate || canDelete ? kept : null
  const marked = rows.findIndex(({ id }) => id === markedId)
  const isMarked = selection !== null && marked >= 0
  useShortcut(isMarked ? { keys: 'x', label: t('bulk.selectMarked'), group: 'list', run: () => selection.toggle(marked, false) } : null)
  useShortcut(isMarked ? { keys: 'shift+x', label: t('bulk.selectRange'), group: 'list', run: () => selection.toggle(marked, true) } : null)
  useShortcut(selection ? { keys: 'mod+a', label: t('bulk.selectLoaded'), group: 'list', run: selection.toggleLoaded } : null)
  return selection
}
