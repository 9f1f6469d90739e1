import { useEffect, useEffectEvent } from 'react'
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
  useWhole(hasRoom ? undefined : search.open, (id) => openPage(id, { replace: true }))
  return { hasRoom, openId, openRow, close, selectedIndex, select, markedId: marked?.kind === 'row' ? marked.row.id : null }
}

/** A record that is to be open where there is no room beside the list: leads on to its page. */
function useWhole(openId: string | undefined, show: (id: string) => void): void {
  const showWhole = useEffectEvent(show)
  useEffect(() => {
    if (openId !== undefined) showWhole(openId)
  }, [openId])
}
