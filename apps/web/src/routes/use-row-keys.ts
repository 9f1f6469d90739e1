import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../lib/shortcuts/use-shortcut.ts'

interface RowMark {
  readonly index: number
  readonly select: (id: string) => void
}

/**
 * J and K move a mark through the rows, Enter opens the marked one. Gives the index of the marked row, or -1, and how another is marked.
 * `onMark`: what is open beside the list follows the mark; `openId`: and the mark follows what is open.
 */
export function useRowKeys(
  rows: readonly { readonly id: string }[],
  open: (id: string) => void,
  onMark?: (id: string) => void,
  openId: string | null = null,
): RowMark {
  const { t } = useTranslation()
  const [markedId, setMarkedId] = useState<string | null>(null)
  const selectedId = openId ?? markedId
  const index = rows.findIndex(({ id }) => id === selectedId)
  const select = (id: string) => {
    setMarkedId(id)
    if (id !== selectedId) onMark?.(id)
  }
  const step = (by: 1 | -1) => {
    const next = rows[index < 0 ? 0 : index + by]
    if (next) select(next.id)
  }
  useShortcut({ keys: 'j', label: t('shortcuts.next'), group: 'list', run: () => step(1) })
  useShortcut({ keys: 'k', label: t('shortcuts.previous'), group: 'list', run: () => step(-1) })
  useShortcut(selectedId ? { keys: 'enter', label: t('shortcuts.open'), group: 'list', run: () => open(selectedId) } : null)
  return { index, select }
}
