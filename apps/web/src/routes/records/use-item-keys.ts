import type { ListItem } from '../../features/crm/lists/list-items.ts'
import { useRowKeys } from '../use-row-keys.ts'

interface ItemKeys {
  toggle: (groupId: string) => void
  open: (rowId: string) => void
  /** Given where something is open beside the list, which follows the mark. */
  follow?: (rowId: string) => void
}

/** The keys of rows, in a list whose groups are opened and closed by them too. */
export function useItemKeys<Row extends { readonly id: string }>(items: readonly ListItem<Row>[], { toggle, open, follow }: ItemKeys) {
  const find = (itemId: string) => items.find(({ id }) => id === itemId)
  const press = (itemId: string) => {
    const item = find(itemId)
    if (item?.kind === 'group') toggle(itemId)
    if (item?.kind === 'row') open(item.row.id)
  }
  const show = (itemId: string) => {
    const item = find(itemId)
    if (item?.kind === 'row') follow?.(item.row.id)
  }
  const { index: selectedIndex, select } = useRowKeys(items, press, follow && show)
  return { selectedIndex, select }
}
