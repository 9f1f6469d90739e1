import { Plus, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'

export interface NothingToListProps {
  words: 'contacts' | 'companies' | 'deals'
  icon: ReactNode
  search: string | undefined
  /** Present where the list is narrowed. */
  onShowAll: (() => void) | null
  /** Present where the person may. */
  onCreate: (() => void) | null
}

/** Why a list is empty, and what to do next. */
export function NothingToList({ words, icon, search, onShowAll, onCreate }: NothingToListProps) {
  const { t } = useTranslation()
  if (search) return <EmptyState icon={<SearchX />} title={t(`${words}.notFound`)} text={t(`${words}.notFoundText`, { query: search })} />
  if (onShowAll)
    return (
      <EmptyState icon={icon} title={t(`${words}.noneOfFilter`)} text={t(`${words}.noneOfFilterText`)}>
        <Button onClick={onShowAll}>{t(`${words}.showAll`)}</Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={icon} title={t(`${words}.empty`)} text={t(`${words}.emptyText`)}>
      {onCreate && (
        <Button kind="primary" icon={<Plus />} onClick={onCreate}>
          {t(`${words}.new`)}
        </Button>
      )}
    </EmptyState>
  )
}
