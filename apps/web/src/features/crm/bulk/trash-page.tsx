import { LIST_RECORDS, type ListRecord, type TrashItem } from '@ai-crm/contracts'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { EraseDialog } from '../person/erase-dialog.tsx'
import { operationOf } from './operation-of.ts'
import { TrashRow } from './trash-row.tsx'
import { useStartOperation } from './use-start-operation.ts'

const trashQuery = (record: ListRecord, search: string) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'trash', record, search],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listTrash({ query: { record, limit: 50, ...(search ? { search } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

const WORDS = { contact: 'contacts', company: 'companies', deal: 'deals' } as const

/** What was deleted and can come back: found, chosen, restored. */
export function TrashPage({ nameOf, onErasing }: Pick<ItemsProps, 'nameOf' | 'onErasing'>) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const records = LIST_RECORDS.filter((one) => permissions.includes(`crm.${one}.read`))
  const [record, setRecord] = useState<ListRecord>(records[0] ?? 'contact')
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim(), 200)
  const list = useInfiniteQuery(trashQuery(record, search))
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('bulk.trash.title')} text={t('bulk.trash.text')} />
      <div className="flex flex-wrap gap-3">
        <Choice
          isLabelHidden
          label={t('bulk.trash.kind')}
          value={record}
          options={records.map((value) => ({ value, label: t(`${WORDS[value]}.title`) }))}
          onChange={setRecord}
          className="w-auto"
        />
        <div className="min-w-48 flex-1">
          <TextField
            isLabelHidden
            type="search"
            label={t('bulk.trash.search')}
            placeholder={t('bulk.trash.search')}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      </div>
      {list.error && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {!items && !list.error && <SkeletonRows count={4} label={t('common.loading')} />}
      {items?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<Trash2 />} title={t('bulk.trash.empty')} text={t(search ? 'bulk.trash.notFound' : 'bulk.trash.emptyText')} />
        </div>
      )}
      {items && items.length > 0 && <Items key={record} record={record} items={items} nameOf={nameOf} onErasing={onErasing} />}
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  )
}

interface ItemsProps {
  record: ListRecord
  items: readonly TrashItem[]
  nameOf: (userId: string) => string | null
  /** Somebody is being erased: where the report is to be seen. */
  onErasing: () => void
}

function Items({ record, items, nameOf, onErasing }: ItemsProps) {
  const { t } = useTranslation()
  const canErase = useCan('crm.person.erase') && record === 'contact'
  const [erasing, setErasing] = useState<{ item: TrashItem; isOpen: boolean } | null>(null)
  const canRestore = useMe().permissions.includes(`crm.${record}.delete`)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [withoutTaken, setWithoutTaken] = useState(false)
  const ids = items.map(({ id }) => id).filter((id) => chosen.has(id))
  const start = useStartOperation(() => setChosen(new Set()))
  const formed = operationOf(record, { ids }, { do: 'restore', withoutTaken })
  const restore = (some: string[]) => {
    const asked = operationOf(record, { ids: some }, { do: 'restore', withoutTaken })
    if ('body' in asked) start.mutate(asked.body)
  }
  const toggle = (id: string) => setChosen(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]))
  return (
    <>
      {canRestore && (
        <div className="flex flex-wrap items-center gap-3">
          <Button icon={<Undo2 />} disabled={!('body' in formed)} isBusy={start.isPending} onClick={() => restore(ids)}>
            {ids.length === 0 ? t('bulk.trash.restore') : t('bulk.trash.restoreSelected', { count: ids.length })}
          </Button>
          <label className="flex cursor-pointer items-center gap-2 text-sm text-muted">
            <input type="checkbox" className="size-4 accent-accent" checked={withoutTaken} onChange={() => setWithoutTaken(!withoutTaken)} />
            {t('bulk.trash.withoutTaken')}
          </label>
        </div>
      )}
      {start.error && (
        <p role="alert" className="text-sm text-danger">
          {explain(start.error, t)}
        </p>
      )}
      <ul aria-label={t('bulk.trash.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {items.map((item) => (
          <TrashRow
            key={item.id}
            item={item}
            nameOf={nameOf}
            isChosen={chosen.has(item.id)}
            {...(canRestore ? { onToggle: () => toggle(item.id), onRestore: () => restore([item.id]) } : {})}
            {...(canErase ? { onErase: () => setErasing({ item, isOpen: true }) } : {})}
          />
        ))}
      </ul>
      {erasing && (
        <EraseDialog contact={erasing.item} isOpen={erasing.isOpen} onClose={() => setErasing({ ...erasing, isOpen: false })} onErasing={onErasing} />
      )}
    </>
  )
}
