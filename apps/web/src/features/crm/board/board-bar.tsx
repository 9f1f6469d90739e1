import type { FilterNode } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { pipelineName } from '../../../lib/pipelines/stages.ts'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { regionalLocale } from '../../../lib/time/format.ts'
import { Choice } from '../../../ui/field.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { AddFilter, FilterChips } from '../lists/filter-chips.tsx'
import { fieldLabel } from '../lists/offered-fields.ts'
import { OwnerChoice } from '../lists/quick-choice.tsx'
import type { ListState } from '../lists/use-list-state.ts'
import type { Colleague } from '../records/owner-field.tsx'
import type { BoardSearch } from './board-search.ts'
import { makesLanes } from './lanes/lane.ts'

interface BoardBarProps {
  search: BoardSearch
  state: ListState
  pipelineId: string | undefined
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
  onChange: (change: BoardSearch) => void
}

/** Above a board: its pipeline, words, whose deals, filters, lanes. */
export function BoardBar({ search, state, pipelineId, members, nameOf, onChange }: BoardBarProps) {
  const { t, i18n } = useTranslation()
  const pipelines = usePipelines()
  const reader = { t, locale: regionalLocale(i18n.language, navigator.languages), nameOf }
  const tools = { record: 'deal', offered: state.offered, members, reader } as const
  const onFilter = (filter: FilterNode | undefined) => onChange({ filter })
  const lanes = state.fields.filter(makesLanes).map((field) => ({ value: field.key, label: t('board.lanesBy', { field: fieldLabel(t, 'deal', field) }) }))
  return (
    <>
      <div className="@container flex shrink-0 items-center gap-2 border-b border-line px-3 py-2 md:px-5">
        {pipelines.length > 1 && (
          <Choice
            isLabelHidden
            label={t('board.pipeline')}
            value={pipelineId ?? pipelines[0]?.id ?? ''}
            options={pipelines.map((pipeline) => ({ value: pipeline.id, label: pipelineName(t, pipeline) }))}
            onChange={(id) => onChange({ pipeline: id })}
            className="h-8! w-auto max-w-44 font-medium max-sm:max-w-28"
          />
        )}
        <SearchField label={t('deals.search')} value={search.q ?? ''} onChange={(text) => onChange({ q: text || undefined })} />
        <div className="max-sm:hidden">
          <OwnerChoice words="deals" value={search.owner} onChange={(owner) => onChange({ owner })} />
        </div>
        <AddFilter {...tools} filter={state.filter} onChange={onFilter} />
        {/* Where there are lanes they can be switched off; on a phone there are none. */}
        <div className={search.lanes ? 'max-md:hidden' : 'max-lg:hidden'}>
          <Choice
            isLabelHidden
            label={t('board.lanes')}
            value={lanes.some(({ value }) => value === search.lanes) ? (search.lanes ?? '') : ''}
            options={[{ value: '', label: t('board.noLanes') }, ...lanes]}
            onChange={(key) => onChange({ lanes: key || undefined })}
            className="h-8! w-auto max-w-44"
          />
        </div>
      </div>
      <FilterChips {...tools} filter={state.filter} onChange={onFilter} />
    </>
  )
}
