import type { CompanySearch } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'

const SORTS: readonly CompanySearch['sort'][] = ['name', 'createdAt']
const OWNERS = ['all', 'mine', 'teams', 'nobody'] as const

export interface CompanyFilters {
  q?: string | undefined
  sort?: CompanySearch['sort'] | undefined
  owner?: CompanySearch['owner']
}

/** Above the list: words, whose, in which order. */
export function CompanyFilterBar({ filters: { q, sort, owner }, onChange }: { filters: CompanyFilters; onChange: (filters: CompanyFilters) => void }) {
  const { t } = useTranslation()
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2 md:px-5">
      <SearchField label={t('companies.search')} value={q ?? ''} onChange={(text) => onChange({ q: text || undefined })} />
      <Choice
        isLabelHidden
        label={t('companies.owners.label')}
        value={owner ?? 'all'}
        options={OWNERS.map((value) => ({ value, label: t(`companies.owners.${value}`) }))}
        onChange={(value) => onChange({ owner: value === 'all' ? undefined : value })}
        className="h-8! w-auto max-sm:max-w-36"
      />
      <div className="max-sm:hidden">
        <Choice
          isLabelHidden
          label={t('contacts.sort')}
          value={sort ?? 'name'}
          options={SORTS.map((value) => ({ value, label: t(`companies.sorts.${value}`) }))}
          onChange={(value) => onChange({ sort: value })}
          className="h-8! w-auto"
        />
      </div>
    </div>
  )
}
