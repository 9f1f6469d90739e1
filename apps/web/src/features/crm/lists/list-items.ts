import type { Group } from '@ai-crm/contracts'

export interface RowItem<Row> {
  readonly kind: 'row'
  /** Of the item: in a list that is grouped by tags a record may stand several times. */
  readonly id: string
  readonly row: Row
  /** Of the group that it stands in; absent in a list without groups. */
  readonly groupId?: string
}
export interface GroupItem {
  readonly kind: 'group'
  readonly id: string
  readonly group: Group
  readonly isOpen: boolean
}
/** Stands for rows of a group that are not loaded yet. */
export interface RestItem {
  readonly kind: 'rest'
  readonly id: string
  readonly groupId: string
  readonly isFailed: boolean
}
/** What stands in a table one below the other. */
export type ListItem<Row> = RowItem<Row> | GroupItem | RestItem

/** What is known of the records of a group. */
export interface LoadedGroup<Row> {
  readonly rows: readonly Row[]
  readonly isPending: boolean
  readonly isFailed: boolean
  readonly hasMore: boolean
  /** Fetches the next page, or once more what has failed. */
  readonly more: () => void
}

export const groupId = ({ value }: Group): string => `group ${value ?? ''}`

/** The groups that some items are of. */
export const groupsIn = (items: readonly (ListItem<object> | undefined)[]): ReadonlySet<string> =>
  new Set(items.flatMap((item) => (item?.kind === 'group' ? item.id : (item?.groupId ?? []))))

/** The groups with the rows of those that are open, as far as they are loaded. */
export function groupedItems<Row extends { readonly id: string }>(
  groups: readonly Group[],
  closed: ReadonlySet<string>,
  loaded: ReadonlyMap<string, LoadedGroup<Row>>,
): ListItem<Row>[] {
  return groups.flatMap((group): ListItem<Row>[] => {
    const id = groupId(group)
    const head: GroupItem = { kind: 'group', id, group, isOpen: !closed.has(id) }
    if (!head.isOpen) return [head]
    const known = loaded.get(id)
    const rows = (known?.rows ?? []).map((row): RowItem<Row> => ({ kind: 'row', id: `${id}/${row.id}`, row, groupId: id }))
    const isWhole = known && !known.isPending && !known.isFailed && !known.hasMore
    return isWhole ? [head, ...rows] : [head, ...rows, { kind: 'rest', id: `rest ${id}`, groupId: id, isFailed: known?.isFailed ?? false }]
  })
}
