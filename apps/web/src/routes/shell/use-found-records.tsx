import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Handshake } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { companiesQuery } from '../../features/crm/companies/queries.ts'
import { contactsQuery } from '../../features/crm/contacts/queries.ts'
import { dealsQuery } from '../../features/crm/deals/queries.ts'
import { partyName } from '../../features/messaging/inbox/party-name.ts'
import { conversationsQuery } from '../../features/messaging/inbox/queries.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { Avatar } from '../../ui/avatar.tsx'

const SHOWN = 5

export interface FoundRecord {
  readonly key: string
  readonly title: string
  readonly detail: string | null | undefined
  readonly picture: ReactNode
  readonly open: () => void
}

export interface FoundGroup {
  readonly heading: string
  readonly records: readonly FoundRecord[]
}

const firstOf = <Item,>(pages: readonly { items: readonly Item[] }[] | undefined): readonly Item[] => pages?.[0]?.items.slice(0, SHOWN) ?? []

/** Contacts, companies, deals and conversations that match, found by the server. */
export function useFoundRecords(words: string, enabled: boolean): { groups: readonly FoundGroup[]; isFetching: boolean } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const canSeeDeals = useCan('crm.deal.read')
  const canSeeCompanies = useCan('crm.company.read')
  const asked = { enabled, placeholderData: keepPreviousData }
  const contacts = useInfiniteQuery({ ...contactsQuery({ search: words, sort: 'lastActivityAt' }), ...asked })
  const companies = useInfiniteQuery({ ...companiesQuery({ search: words, sort: 'name' }), ...asked, enabled: enabled && canSeeCompanies })
  const deals = useInfiniteQuery({ ...dealsQuery({ search: words, sort: 'createdAt' }), ...asked, enabled: enabled && canSeeDeals })
  const conversations = useInfiniteQuery({ ...conversationsQuery({ folder: 'all', search: words }), ...asked })
  const people = firstOf(contacts.data?.pages).map(({ id, name, email }) => ({
    key: `contact ${id}`,
    title: name,
    detail: email,
    picture: <Avatar name={name} seed={email ?? name} size="sm" />,
    open: () => void navigate({ to: '/contacts/$contactId', params: { contactId: id } }),
  }))
  const firms = firstOf(companies.data?.pages).map(({ id, name, domains }) => ({
    key: `company ${id}`,
    title: name,
    detail: domains?.[0],
    picture: <Avatar name={name} seed={domains?.[0] ?? name} size="sm" shape="square" />,
    open: () => void navigate({ to: '/companies/$companyId', params: { companyId: id } }),
  }))
  const chances = firstOf(deals.data?.pages).map(({ id, title, companyName }) => ({
    key: `deal ${id}`,
    title,
    detail: companyName,
    picture: <Handshake aria-hidden />,
    open: () => void navigate({ to: '/deals/$dealId', params: { dealId: id } }),
  }))
  const talks = firstOf(conversations.data?.pages).map(({ id, subject, party }) => ({
    key: `conversation ${id}`,
    title: subject || t('inbox.noSubject'),
    detail: partyName(party),
    picture: <Avatar name={partyName(party)} seed={party.address} size="sm" />,
    open: () => void navigate({ to: '/inbox/$folder/$conversationId', params: { folder: 'all', conversationId: id } }),
  }))
  const groups = [
    { heading: t('palette.contacts'), records: people },
    { heading: t('nav.companies'), records: firms },
    { heading: t('nav.deals'), records: chances },
    { heading: t('palette.conversations'), records: talks },
  ]
  return {
    groups: groups.filter(({ records }) => records.length > 0),
    isFetching: contacts.isFetching || companies.isFetching || deals.isFetching || conversations.isFetching,
  }
}
