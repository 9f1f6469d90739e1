import { useState } from 'react'
import type { ListItem } from '../../features/crm/lists/list-items.ts'
import { useRowKeys } from '../use-row-keys.ts'

interface ItemKeys {
  toggle: (groupId: string) => void
  open: (rowId: string) => void
  /** The record beside the list, which follows the mark, as the mark follows it. */
  openId: string | null
  follow: (rowId: string) => void
}

/** The keys of rows, in a list whose groups are opened and closed by them too. */
export function useItemKeys<Row extends { readonly id: string }>(items: readonly ListItem<Row>[], { toggle, open, openId, follow }: ItemKeys) {
  // In a list that is grouped by tags the open record may stand several times: where the mark came last.
  const [lastId, setLastId] = useState<string | null>(null)
  const find = (itemId: string | null) => items.find(({ id }) => id === itemId)
  const isOpen = (item: ListItem<Row> | undefined) => item?.kind === 'row' && item.row.id === openId
  const openItem = isOpen(find(lastId)) ? lastId : (items.find(isOpen)?.id ?? null)
  const press = (itemId: string) => {
    const item = find(itemId)
    if (item?.kind === 'group') toggle(itemId)
    if (item?.kind === 'row') open(item.row.id)
  }
  const mark = (itemId: string) => {
    const item = find(itemId)
    setLastId(itemId)
    if (item?.kind === 'row' && openId !== null) follow(item.row.id)
  }
  const { index: selectedIndex, select } = useRowKeys(items, press, mark, openItem)
  return { selectedIndex, select }
}
