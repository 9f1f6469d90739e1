import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListItem } from '../../features/crm/lists/list-items.ts'
import type { ListSearch } from '../../features/crm/lists/list-search.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { useIsWide } from '../../lib/use-is-wide.ts'
import { useItemKeys } from './use-item-keys.ts'

interface BesideOptions<Row> {
  search: ListSearch
  items: readonly ListItem<Row>[]
  /** Opens and closes a group. */
  toggle: (groupId: string) => void
  show: (change: ListSearch) => void
  openPage: (id: string, how?: { replace: boolean }) => void
}

/** What is open beside the list, where there is room, and the mark that walks with it; a row opens there first, then, asked again, as a page. */
export function useBeside<Row extends { readonly id: string }>({ search, items, toggle, show, openPage }: BesideOptions<Row>) {
  const { t } = useTranslation()
  const hasRoom = useIsWide()
  const openId = (hasRoom && search.open) || null
  const openRow = (id: string) => (hasRoom && id !== openId ? show({ open: id }) : openPage(id))
  const { selectedIndex, select } = useItemKeys(items, { toggle, open: openRow, openId, follow: (id) => show({ open: id }) })
  const marked = items[selectedIndex]
  const close = () => {
    if (marked) select(marked.id)
    show({ open: undefined })
  }
  useShortcut(openId === null ? null : { keys: 'escape', label: t('records.closePanel'), group: 'list', run: close })
  useArrival(hasRoom ? undefined : search.open, (id) => openPage(id, { replace: true }))
  return { hasRoom, openId, openRow, close, selectedIndex, select, markedId: marked?.kind === 'row' ? marked.row.id : null }
}

/** An address that names an open record, come to where there is no room beside the list: leads on to its page, once. */
function useArrival(openId: string | undefined, onArrival: (id: string) => void): void {
  const [arrivedAt] = useState(openId)
  const arrive = useEffectEvent(onArrival)
  useEffect(() => {
    if (arrivedAt !== undefined) arrive(arrivedAt)
  }, [arrivedAt])
}
