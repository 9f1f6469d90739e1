import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { contactsQuery } from '../contacts/queries.ts'

/** Who works there, who was active last first. */
export function CompanyPeople({ companyId, onAdd }: { companyId: string; onAdd: () => void }) {
  const { t } = useTranslation()
  const canAdd = useCan('crm.contact.create')
  const list = useInfiniteQuery(contactsQuery({ companyId, sort: 'lastActivityAt' }))
  const people = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="flex flex-col gap-2">
      <div className="flex h-6 items-center gap-2">
        <h2 className="flex-1 text-xs font-medium text-faint">{t('companies.peopleTitle')}</h2>
        {canAdd && (
          <Button kind="quiet" className="h-6! px-1.5!" icon={<Plus />} onClick={onAdd}>
            {t('companies.addPerson')}
          </Button>
        )}
      </div>
      {list.isPending && <Skeleton className="h-10 w-full" />}
      {list.error && !list.data && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && people.length === 0 && <p className="text-sm text-faint text-pretty">{t('companies.noPeople')}</p>}
      <ul aria-label={t('companies.peopleTitle')} className="-mx-2 flex flex-col">
        {people.map((person) => (
          <li key={person.id}>
            <Link to="/contacts/$contactId" params={{ contactId: person.id }} className="flex items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover">
              <Avatar name={person.name} seed={person.email ?? person.name} />
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="truncate font-medium">{person.name}</span>
                <span className="truncate text-xs text-muted">{person.position ?? person.email}</span>
              </span>
              {person.lastActivityAt && <Time at={person.lastActivityAt} className="text-2xs text-faint" />}
            </Link>
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
