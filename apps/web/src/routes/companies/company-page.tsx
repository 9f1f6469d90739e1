import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { CompanyBody } from '../../features/crm/companies/company-body.tsx'
import { companyQuery, companyTimelineQuery } from '../../features/crm/companies/queries.ts'
import { MergeWith } from '../../features/crm/duplicates/merge-with.tsx'
import { Story } from '../../features/crm/records/story.tsx'
import { useDeleteLater } from '../../features/crm/records/use-delete-later.ts'
import { api } from '../../lib/api/api.ts'
import { mergedInto } from '../../lib/api/merged-into.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useMayWrite } from '../../lib/session/use-may-write.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { PagePending } from '../page-states.tsx'
import { useNewPerson } from './use-new-person.tsx'

export function CompanyPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { companyId } = useParams({ from: '/app/companies/$companyId' })
  const { data: company, error, refetch, isFetching } = useQuery(companyQuery(companyId))
  const isReached = useMayWrite('company', company?.ownerId ?? null)
  const canDelete = useCan('crm.company.delete') && isReached
  const deleteLater = useDeleteLater()
  const nameOf = useMemberName()
  const members = useQuery(membersQuery).data?.items ?? []
  const newPerson = useNewPerson()
  const [isAsking, setIsAsking] = useState(false)
  const survivorId = mergedInto(error)
  // An answer from before the merge was undone is asked again first.
  if (survivorId !== null && !isFetching) return <Navigate replace to="/companies/$companyId" params={{ companyId: survivorId }} />
  if (error && !company && survivorId === null) return <ProblemPage error={error} onRetry={() => void refetch()} />
  if (!company) return <PagePending />
  const { name } = company
  return (
    <>
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-2 md:px-3">
        <Link
          to="/companies"
          aria-label={t('common.back')}
          className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft className="size-4" />
        </Link>
        <Avatar name={name} seed={company.domains?.[0] ?? name} shape="square" />
        <h1 className="min-w-0 flex-1 truncate text-base font-semibold">{name}</h1>
        <MergeWith key={companyId} record="company" one={company} nameOf={nameOf} />
        {canDelete && (
          <IconButton label={t('companies.delete')} onClick={() => setIsAsking(true)}>
            <Trash2 />
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto md:flex md:overflow-hidden" tabIndex={-1}>
        <div className="flex flex-col gap-6 border-line p-4 md:w-80 md:shrink-0 md:overflow-y-auto md:border-r md:p-5 xl:w-96">
          <CompanyBody company={company} members={members} onAddPerson={() => newPerson.open(companyId)} />
        </div>
        <div className="min-w-0 flex-1 p-4 md:overflow-y-auto md:p-6">
          <div className="mx-auto flex max-w-3xl flex-col gap-6">
            <Story isOfMany about={{ companyId }} timeline={companyTimelineQuery(companyId)} {...{ members, nameOf }} />
          </div>
        </div>
      </div>
      {newPerson.dialog}
      <Confirm
        isOpen={isAsking}
        title={t('companies.deleteTitle', { name })}
        text={t('companies.deleteText')}
        action={t('companies.delete')}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          deleteLater({
            run: () => api.crm.deleteCompany({ params: { companyId } }),
            list: ['crm', 'companies'],
            deleting: t('companies.deleting', { name }),
            kept: t('companies.kept'),
          })
          void navigate({ to: '/companies' })
        }}
      />
    </>
  )
}
