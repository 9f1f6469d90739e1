import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { CompanyLink } from './company-link.tsx'
import { companiesQuery } from './queries.ts'

/** The companies that belong to this one; nothing where there are none. */
export function Daughters({ companyId }: { companyId: string }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(companiesQuery({ parentId: companyId, sort: 'name' }))
  const companies = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (companies.length === 0) return null
  return (
    <section className="flex flex-col gap-1">
      <h2 className="text-xs font-medium text-faint">{t('companies.daughters')}</h2>
      <ul>
        {companies.map(({ id, name }) => (
          <li key={id}>
            <CompanyLink companyId={id} name={name} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </section>
  )
}
