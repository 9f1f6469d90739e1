import type { FilterNode } from '@ai-crm/contracts'
import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../../ui/search-field.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { AddFilter, FilterChips } from './filter-chips.tsx'
import type { FilterTools } from './group-form.tsx'
import type { ListSearch } from './list-search.ts'
import { GroupChoice } from './group-choice.tsx'
import { OperationChip } from './operation-chip.tsx'
import { SortChoice } from './sort-choice.tsx'
import { isColumn, type ListState } from './use-list-state.ts'

interface ListBarProps {
  label: string
  search: ListSearch
  state: ListState & { isWaiting: boolean }
  tools: FilterTools
  firstKey: string
  onChange: (search: ListSearch) => void
  /** Filters of this kind of record that stand beside the search. */
  children?: ReactNode
}

/** Above a list: words, filters, order, columns; below them what the list is narrowed to. */
export function ListBar({ label, search, state, tools, firstKey, onChange, children }: ListBarProps) {
  const { t } = useTranslation()
  const { fields, filter, order, columns } = state
  const onFilter = (next: FilterNode | undefined) => onChange({ filter: next })
  return (
    <>
      {/* Beside an open panel the choices grow narrower, and none goes into a second line. */}
      <div className="@container flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2 md:flex-nowrap md:px-5 md:[&_button]:shrink-0 md:[&_div:has(>select)]:min-w-18">
        <SearchField label={label} value={search.q ?? ''} onChange={(text) => onChange({ q: text || undefined })} />
        {children}
        <AddFilter {...tools} filter={filter} onChange={onFilter} />
        <GroupChoice record={tools.record} fields={fields} value={state.groupBy?.key} onChange={(group) => onChange({ group })} />
        <SortChoice record={tools.record} fields={fields} order={order} onOrder={({ sort, direction }) => onChange({ sort, dir: direction })} />
        <ColumnMenu
          record={tools.record}
          fields={fields.filter((field) => field.key !== firstKey && isColumn(field))}
          shown={columns.map(({ key }) => key)}
          onChange={(next) => onChange({ columns: next })}
        />
      </div>
      <FilterChips {...tools} filter={filter} onChange={onFilter}>
        {search.operation && <OperationChip operationId={search.operation} onRemove={() => onChange({ operation: undefined })} />}
      </FilterChips>
      {state.hasDropped && !state.isWaiting && (
        <p role="status" className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1.5 text-xs text-muted md:px-5">
          <Info aria-hidden className="size-3.5 shrink-0" />
          {t('lists.dropped')}
        </p>
      )}
    </>
  )
}
