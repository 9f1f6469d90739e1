import type { ContactSearch } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, SearchX, UsersRound } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactTable } from '../../features/crm/contacts/contact-table.tsx'
import { NewContactDialog } from '../../features/crm/contacts/new-contact-dialog.tsx'
import { contactsQuery } from '../../features/crm/contacts/queries.ts'
import { newContactOpen } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, SkeletonRows } from '../../ui/states.tsx'
import { useRowKeys } from '../use-row-keys.ts'

const SORTS: readonly ContactSearch['sort'][] = ['lastActivityAt', 'createdAt', 'name']
const OWNERS = ['all', 'mine', 'teams', 'nobody'] as const

function NothingToList({ search, onShowAll }: { search: string | undefined; onShowAll: (() => void) | null }) {
  const { t } = useTranslation()
  const canCreate = useCan('crm.contact.create')
  if (search) return <EmptyState icon={<SearchX />} title={t('contacts.notFound')} text={t('contacts.notFoundText', { query: search })} />
  if (onShowAll)
    return (
      <EmptyState icon={<UsersRound />} title={t('contacts.noneOfOwner')} text={t('contacts.noneOfOwnerText')}>
        <Button onClick={onShowAll}>{t('contacts.showAll')}</Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={<UsersRound />} title={t('contacts.empty')} text={t('contacts.emptyText')}>
      {canCreate && (
        <Button kind="primary" icon={<Plus />} onClick={() => newContactOpen.set(true)}>
          {t('contacts.new')}
        </Button>
      )}
    </EmptyState>
  )
}

export function ContactsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const canCreate = useCan('crm.contact.create')
  const search = useSearch({ from: '/app/contacts' })
  const { q, sort = 'lastActivityAt', owner } = search
  const isCreating = newContactOpen.use()
  const list = useInfiniteQuery(contactsQuery({ search: q, sort, owner }))
  const contacts = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const open = (contactId: string) => void navigate({ to: '/contacts/$contactId', params: { contactId } })
  const selectedIndex = useRowKeys(contacts, open)
  const show = (next: typeof search) => void navigate({ to: '/contacts', search: { ...search, ...next }, replace: true })

  return (
    <>
      <PageHeader title={t('contacts.title')}>
        {canCreate && (
          <Button kind="primary" icon={<Plus />} shortcut="c" onClick={() => newContactOpen.set(true)}>
            <span className="sr-only sm:not-sr-only">{t('contacts.new')}</span>
          </Button>
        )}
      </PageHeader>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2 md:px-5">
        <SearchField label={t('contacts.search')} value={q ?? ''} onChange={(text) => show({ q: text || undefined })} />
        <Choice
          isLabelHidden
          label={t('contacts.owners.label')}
          value={owner ?? 'all'}
          options={OWNERS.map((value) => ({ value, label: t(`contacts.owners.${value}`) }))}
          onChange={(value) => show({ owner: value === 'all' ? undefined : value })}
          className="h-8! w-auto max-sm:max-w-28"
        />
        <Choice
          isLabelHidden
          label={t('contacts.sort')}
          value={sort}
          options={SORTS.map((value) => ({ value, label: t(`contacts.sorts.${value}`) }))}
          onChange={(value) => show({ sort: value })}
          className="h-8! w-auto"
        />
      </div>
      {list.isPending && <SkeletonRows count={10} label={t('common.loading')} />}
      {list.error && !list.data && <ProblemPage error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && contacts.length === 0 && <NothingToList search={q} onShowAll={owner === undefined ? null : () => show({ owner: undefined })} />}
      {contacts.length > 0 && (
        <ContactTable
          contacts={contacts}
          selectedIndex={selectedIndex}
          hasMore={list.hasNextPage && !list.isFetchingNextPage}
          onEnd={() => void list.fetchNextPage()}
        />
      )}
      <NewContactDialog isOpen={isCreating} onClose={() => newContactOpen.set(false)} onCreated={({ id }) => open(id)} />
    </>
  )
}
