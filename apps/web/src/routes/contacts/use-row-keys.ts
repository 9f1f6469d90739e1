import type { Contact } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'

/** J and K move a mark through the rows, Enter opens the marked one. Gives the marked row, or -1. */
export function useRowKeys(contacts: readonly Contact[], open: (contactId: string) => void): number {
  const { t } = useTranslation()
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const index = contacts.findIndex(({ id }) => id === selectedId)
  const step = (by: 1 | -1) => {
    const next = contacts[index < 0 ? 0 : index + by]
    if (next) setSelectedId(next.id)
  }
  useShortcut({ keys: 'j', label: t('shortcuts.next'), group: 'list', run: () => step(1) })
  useShortcut({ keys: 'k', label: t('shortcuts.previous'), group: 'list', run: () => step(-1) })
  useShortcut(selectedId ? { keys: 'enter', label: t('shortcuts.open'), group: 'list', run: () => open(selectedId) } : null)
  return index
}
