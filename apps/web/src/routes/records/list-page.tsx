import { MAX_GROUPS, type FilterNode } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { DuplicateLink } from '../../features/crm/duplicates/duplicate-link.tsx'
import { useColumnWidths } from '../../features/crm/lists/column-widths.ts'
import { BulkBar } from '../../features/crm/bulk/bulk-bar.tsx'
import { useListSelection } from '../../features/crm/bulk/use-list-selection.ts'
import { ListBar } from '../../features/crm/lists/list-bar.tsx'
import { withConditions } from '../../features/crm/lists/filter-tree.ts'
import { ListFooter } from '../../features/crm/lists/list-footer.tsx'
import type { ListSearch } from '../../features/crm/lists/list-search.ts'
import { RecordTable } from '../../features/crm/lists/record-table.tsx'
import type { RecordRow, TableShape } from '../../features/crm/lists/table-shape.ts'
import { useListState } from '../../features/crm/lists/use-list-state.ts'
import { summedKeys } from '../../features/crm/lists/summed-fields.ts'
import { useListRows, type ListRows, type ListSource } from '../../features/crm/lists/use-list-rows.tsx'
import { ViewTabs } from '../../features/crm/lists/view-tabs.tsx'
import type { PanelProps } from '../../features/crm/records/record-panel.tsx'
import type { Colleague } from '../../features/crm/records/owner-field.tsx'
import type { OpenStore } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { regionalLocale } from '../../lib/time/format.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { SkeletonRows } from '../../ui/states.tsx'
import { NothingToList, type NothingToListProps } from './nothing-to-list.tsx'
import { ListFiles } from './list-files.tsx'
import { useBeside } from './use-beside.ts'

export interface NewDialogProps {
  isOpen: boolean
  onClose: () => void
  onCreated: (row: { readonly id: string }) => void
}

interface ListPageProps<Row extends RecordRow> extends ListSource<Row> {
  shape: TableShape<Row>
  words: 'contacts' | 'companies' | 'deals'
  icon: ReactNode
  search: ListSearch
  /** Puts into the address what changes. */
  show: (change: ListSearch) => void
  /** The filters of this kind that stand beside the search: as conditions, and how the address is changed without them. */
  own: { conditions: FilterNode[]; showWithout: (change: ListSearch) => void }
  /** `replace`: in the place of the address that led here. */
  openPage: (id: string, how?: { replace: boolean }) => void
  createOpen: OpenStore
  /** What opens beside the list, where there is room. */
  Panel: ComponentType<PanelProps>
  /** Filters of this kind of record. */
  quickFilters: ReactNode
  NewDialog: ComponentType<NewDialogProps>
  /** Another way to look at the same records. */
  switcher?: ReactNode
}

/** The list of any kind of record: what is asked above it, the table, and one record beside it. */
export function ListPage<Row extends RecordRow>(props: ListPageProps<Row>) {
  const { shape, words, search, own, show, createOpen, Panel, NewDialog } = props
  const { t } = useTranslation()
  const state = useListState(shape.record, search)
  const { filter, order, groupBy, columns } = state
  const narrowed = { search: search.q, filter, operationId: search.operation }
  const query = props.queryOf({ ...narrowed, ...order })
  const layout = useColumnWidths(shape.record, search, show)
  const list = useListRows<Row>(props, { params: { ...narrowed, ...order }, groupBy, summed: summedKeys(columns), isWaiting: state.isWaiting })
  const { items } = list
  const members = useQuery(membersQuery).data?.items ?? []
  const nameOf = useMemberName()

  const { hasRoom, openId, openRow, close, selectedIndex, select, markedId } = useBeside({ ...props, items, toggle: list.toggle })
  const selection = useListSelection({ record: shape.record, rows: list.rows, queryKey: query.queryKey, markedId })
  const onCreate = useCreate(props)
  const isNarrowed = own.conditions.length > 0 || filter !== undefined || search.operation !== undefined

  return (
    <>
      <ListHeader words={words} onCreate={onCreate} switcher={props.switcher}>
        <ListFiles {...shape} query={query} columns={columns} />
      </ListHeader>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <ListTop {...props} state={state} members={members} nameOf={nameOf} />
          <InsteadOfRows
            list={list}
            nothing={{
              words,
              icon: props.icon,
              search: search.q,
              onShowAll: isNarrowed ? () => own.showWithout({ filter: undefined, operation: undefined }) : null,
              onCreate,
            }}
          />
          {items.length > 0 && (
            <RecordTable
              shape={shape}
              label={t(`${words}.title`)}
              items={items}
              {...(groupBy ? { groupBy: { field: groupBy, ...list } } : {})}
              columns={columns}
              nameOf={nameOf}
              order={order}
              onOrder={({ sort, direction }) => show({ sort, dir: direction })}
              widths={layout.widths}
              onWidth={layout.set}
              onColumns={(keys) => show({ columns: keys })}
              selectedIndex={selectedIndex}
              onSelect={select}
              openId={openId}
              hasMore={list.hasMore}
              onEnd={list.onEnd}
              {...(hasRoom ? { onOpen: openRow } : {})}
              {...(selection ? { selection } : {})}
            />
          )}
          {selection && (
            <BulkBar
              {...{ record: shape.record, selection, members, nameOf }}
              asked={Object(query.queryKey[2])}
              isComplete={!list.hasMore && groupBy === undefined}
            />
          )}
          {items.length > 0 && (
            <ListFooter
              record={shape.record}
              columns={state.columns}
              queryOf={(summed) => props.summaryOf(narrowed, { ...summed, ...(groupBy ? { groupBy: groupBy.key } : {}) })}
            />
          )}
        </div>
        {openId !== null && <Panel key={openId} id={openId} members={members} nameOf={nameOf} onClose={close} onMerged={openRow} />}
      </div>
      <NewDialog isOpen={createOpen.use()} onClose={() => createOpen.set(false)} onCreated={({ id }) => openRow(id)} />
    </>
  )
}

/** How a record is made here; null for whoever may not. */
function useCreate<Row extends RecordRow>({ shape, words, createOpen }: ListPageProps<Row>): (() => void) | null {
  const { t } = useTranslation()
  const canCreate = useCan(`crm.${shape.record}.create`)
  const create = () => createOpen.set(true)
  useShortcut(canCreate ? { keys: 'c', label: t(`${words}.new`), group: 'list', run: create } : null)
  return canCreate ? create : null
}

interface ListTopProps<Row extends RecordRow> extends ListPageProps<Row> {
  state: ReturnType<typeof useListState>
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
}

/** What is asked of a list: its view, its words, its filters, its order. */
function ListTop<Row extends RecordRow>({ shape, words, search, own, show, quickFilters, state, members, nameOf }: ListTopProps<Row>) {
  const { t, i18n } = useTranslation()
  const reader = { t, locale: regionalLocale(i18n.language, navigator.languages), nameOf }
  return (
    <>
      <ViewTabs record={shape.record} search={{ ...search, filter: withConditions(search.filter, own.conditions) }} state={state} onChange={own.showWithout} />
      <ListBar
        label={t(`${words}.search`)}
        search={search}
        state={state}
        firstKey={shape.firstKey}
        tools={{ record: shape.record, offered: state.offered, members, reader }}
        onChange={show}
      >
        {quickFilters}
      </ListBar>
    </>
  )
}

/** While there are no rows: why, and what to do. */
function InsteadOfRows({ list, nothing }: { list: ListRows<RecordRow>; nothing: NothingToListProps }) {
  const { t } = useTranslation()
  return (
    <>
      {list.isPending && <SkeletonRows count={10} label={t('common.loading')} />}
      {list.error && <ProblemPage error={list.error} onRetry={list.refetch} />}
      {!list.isPending && !list.error && list.items.length === 0 && <NothingToList {...nothing} />}
      {list.groupCount >= MAX_GROUPS && (
        <p role="status" className="shrink-0 border-b border-line px-5 py-1.5 text-xs text-muted">
          {t('lists.groups.most', { count: MAX_GROUPS })}
        </p>
      )}
      {list.loaders}
    </>
  )
}

interface ListHeaderProps {
  words: ListPageProps<RecordRow>['words']
  onCreate: (() => void) | null
  switcher: ReactNode
  children: ReactNode
}

function ListHeader({ words, onCreate, switcher, children }: ListHeaderProps) {
  const { t } = useTranslation()
  return (
    <PageHeader title={t(`${words}.title`)}>
      {words !== 'deals' && <DuplicateLink record={words === 'contacts' ? 'contact' : 'company'} />}
      {switcher}
      {children}
      {onCreate && (
        <Button kind="primary" icon={<Plus />} shortcut="c" onClick={onCreate}>
          <span className="sr-only sm:not-sr-only">{t(`${words}.new`)}</span>
        </Button>
      )}
    </PageHeader>
  )
}
