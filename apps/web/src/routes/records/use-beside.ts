import type { ListItem } from '../../features/crm/lists/list-items.ts'
import type { ListSearch } from '../../features/crm/lists/list-search.ts'
import { useItemKeys } from './use-item-keys.ts'
import { useOpenRecord } from './use-open-record.ts'

interface BesideOptions<Row> {
  search: ListSearch
  items: readonly ListItem<Row>[]
  /** Opens and closes a group. */
  toggle: (groupId: string) => void
  show: (change: ListSearch) => void
  openPage: (id: string, how?: { replace: boolean }) => void
}

/** What is open beside the list, where there is room, and the mark that walks with it. */
export function useBeside<Row extends { readonly id: string }>({ search, items, toggle, show, openPage }: BesideOptions<Row>) {
  const { hasRoom, openId, openRow, close } = useOpenRecord({ open: search.open, show, openPage, onClose: () => marked && select(marked.id) })
  const { selectedIndex, select } = useItemKeys(items, { toggle, open: openRow, openId, follow: (id) => show({ open: id }) })
  const marked = items[selectedIndex]
  return { hasRoom, openId, openRow, close, selectedIndex, select, markedId: marked?.kind === 'row' ? marked.row.id : null }
}
