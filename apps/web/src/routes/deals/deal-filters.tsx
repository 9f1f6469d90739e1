import { DealStage, type DealSearch } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { useFieldRules } from '../../lib/session/session-store.ts'
import { Choice } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'

const OWNERS = ['all', 'mine', 'teams', 'nobody'] as const
const STAGES = ['all', 'open', ...DealStage.options] as const

export interface DealFilters {
  q?: string | undefined
  sort?: DealSearch['sort'] | undefined
  stage?: DealSearch['stage']
  owner?: DealSearch['owner']
}

/** Above the list: words, stage, whose, in which order. */
export function DealFilterBar({ filters: { q, sort, stage, owner }, onChange }: { filters: DealFilters; onChange: (filters: DealFilters) => void }) {
  const { t } = useTranslation()
  const isDateHidden = useFieldRules('deal')['expectedCloseOn'] === 'hidden'
  const sorts = (['createdAt', 'title', 'expectedCloseOn'] as const).filter((value) => value !== 'expectedCloseOn' || !isDateHidden)
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2 md:px-5">
      <SearchField label={t('deals.search')} value={q ?? ''} onChange={(text) => onChange({ q: text || undefined })} />
      <Choice
        isLabelHidden
        label={t('deals.stage')}
        value={stage ?? 'all'}
        options={STAGES.map((value) => ({ value, label: value === 'all' || value === 'open' ? t(`deals.stageFilter.${value}`) : t(`deals.stages.${value}`) }))}
        onChange={(value) => onChange({ stage: value === 'all' ? undefined : value })}
        className="h-8! w-auto max-sm:max-w-36"
      />
      <div className="flex gap-2 max-sm:hidden">
        <Choice
          isLabelHidden
          label={t('deals.owners.label')}
          value={owner ?? 'all'}
          options={OWNERS.map((value) => ({ value, label: t(`deals.owners.${value}`) }))}
          onChange={(value) => onChange({ owner: value === 'all' ? undefined : value })}
          className="h-8! w-auto"
        />
        <Choice
          isLabelHidden
          label={t('contacts.sort')}
          value={sort ?? 'createdAt'}
          options={sorts.map((value) => ({ value, label: t(`deals.sorts.${value}`) }))}
          onChange={(value) => onChange({ sort: value })}
          className="h-8! w-auto"
        />
      </div>
    </div>
  )
}
