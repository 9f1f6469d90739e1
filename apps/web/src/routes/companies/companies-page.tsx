import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Building2, Plus, SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { CompanyPanel } from '../../features/crm/companies/company-panel.tsx'
import { CompanyTable } from '../../features/crm/companies/company-table.tsx'
import { NewCompanyDialog } from '../../features/crm/companies/new-company-dialog.tsx'
import { companiesQuery } from '../../features/crm/companies/queries.ts'
import { newCompanyOpen } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { useIsWide } from '../../lib/use-is-wide.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../ui/states.tsx'
import { useRowKeys } from '../use-row-keys.ts'
import { CompanyFilterBar } from './company-filters.tsx'
import { useNewPerson } from './use-new-person.tsx'

function NothingToList({ search, onShowAll }: { search: string | undefined; onShowAll: (() => void) | null }) {
  const { t } = useTranslation()
  const canCreate = useCan('crm.company.create')
  if (search) return <EmptyState icon={<SearchX />} title={t('companies.notFound')} text={t('companies.notFoundText', { query: search })} />
  if (onShowAll)
    return (
      <EmptyState icon={<Building2 />} title={t('companies.noneOfOwner')} text={t('companies.noneOfOwnerText')}>
        <Button onClick={onShowAll}>{t('companies.showAll')}</Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={<Building2 />} title={t('companies.empty')} text={t('companies.emptyText')}>
      {canCreate && (
        <Button kind="primary" icon={<Plus />} onClick={() => newCompanyOpen.set(true)}>
          {t('companies.new')}
        </Button>
      )}
    </EmptyState>
  )
}

export function CompaniesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const isWide = useIsWide()
  const canCreate = useCan('crm.company.create')
  const search = useSearch({ from: '/app/companies' })
  const { q, sort = 'name', owner, open } = search
  const openId = (isWide && open) || null
  const list = useInfiniteQuery(companiesQuery({ search: q, sort, owner }))
  const companies = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const members = useQuery(membersQuery).data?.items ?? []
  const nameOf = useMemberName()
  const newPerson = useNewPerson()
  const isCreating = newCompanyOpen.use()

  const show = (next: typeof search) => void navigate({ to: '/companies', search: { ...search, ...next }, replace: true })
  const openPage = (companyId: string) => void navigate({ to: '/companies/$companyId', params: { companyId } })
  /** First beside the list, then, asked again, as a page. */
  const openRow = (companyId: string) => (isWide && companyId !== openId ? show({ open: companyId }) : openPage(companyId))
  const selectedIndex = useRowKeys(companies, openRow, openId === null ? undefined : (companyId) => show({ open: companyId }))
  useShortcut(openId === null ? null : { keys: 'escape', label: t('companies.closePanel'), group: 'list', run: () => show({ open: undefined }) })
  useShortcut(canCreate ? { keys: 'c', label: t('companies.new'), group: 'list', run: () => newCompanyOpen.set(true) } : null)

  return (
    <>
      <PageHeader title={t('companies.title')}>
        {canCreate && (
          <Button kind="primary" icon={<Plus />} shortcut="c" onClick={() => newCompanyOpen.set(true)}>
            <span className="sr-only sm:not-sr-only">{t('companies.new')}</span>
          </Button>
        )}
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <CompanyFilterBar filters={search} onChange={show} />
          {list.isPending && <SkeletonRows count={10} label={t('common.loading')} />}
          {list.error && !list.data && <ProblemPage error={list.error} onRetry={() => void list.refetch()} />}
          {list.data && companies.length === 0 && <NothingToList search={q} onShowAll={owner === undefined ? null : () => show({ owner: undefined })} />}
          {companies.length > 0 && (
            <CompanyTable
              companies={companies}
              nameOf={nameOf}
              selectedIndex={selectedIndex}
              openId={openId}
              hasMore={list.hasNextPage && !list.isFetchingNextPage}
              onEnd={() => void list.fetchNextPage()}
              {...(isWide ? { onOpen: openRow } : {})}
            />
          )}
        </div>
        {openId !== null && (
          <CompanyPanel
            key={openId}
            companyId={openId}
            members={members}
            nameOf={nameOf}
            onAddPerson={() => newPerson.open(openId)}
            onClose={() => show({ open: undefined })}
          />
        )}
      </div>
      {newPerson.dialog}
      <NewCompanyDialog isOpen={isCreating} onClose={() => newCompanyOpen.set(false)} onCreated={({ id }) => openRow(id)} />
    </>
  )
}
