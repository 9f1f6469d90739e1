import type { FoundNote } from '@ai-crm/contracts'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Handshake, ListTodo, NotebookPen } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { recordSearchQuery } from '../../features/crm/search/queries.ts'
import { partyName } from '../../features/messaging/inbox/party-name.ts'
import { conversationsQuery } from '../../features/messaging/inbox/queries.ts'
import { Avatar } from '../../ui/avatar.tsx'

const SHOWN = 5
/** Of a note: what fits into a line. */
const LETTERS = 120

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

/** Contacts, companies, deals, tasks, notes and conversations that match, found by the server: the kind with the best match first. */
export function useFoundRecords(words: string, enabled: boolean): { groups: readonly FoundGroup[]; isFetching: boolean } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const openAbout = ({ contactId, companyId, dealId }: FoundNote) => {
    if (contactId) void navigate({ to: '/contacts/$contactId', params: { contactId } })
    else if (companyId) void navigate({ to: '/companies/$companyId', params: { companyId } })
    else if (dealId) void navigate({ to: '/deals/$dealId', params: { dealId } })
  }
  const asked = { enabled, placeholderData: keepPreviousData }
  const records = useQuery({ ...recordSearchQuery(words), ...asked })
  const conversations = useInfiniteQuery({ ...conversationsQuery({ folder: 'all', search: words }), ...asked })
  const people = (records.data?.contacts ?? []).map(({ id, name, email }) => ({
    key: `contact ${id}`,
    title: name,
    detail: email,
    picture: <Avatar name={name} seed={email ?? name} size="sm" />,
    open: () => void navigate({ to: '/contacts/$contactId', params: { contactId: id } }),
  }))
  const firms = (records.data?.companies ?? []).map(({ id, name, domains }) => ({
    key: `company ${id}`,
    title: name,
    detail: domains?.[0],
    picture: <Avatar name={name} seed={domains?.[0] ?? name} size="sm" shape="square" />,
    open: () => void navigate({ to: '/companies/$companyId', params: { companyId: id } }),
  }))
  const chances = (records.data?.deals ?? []).map(({ id, title, companyName }) => ({
    key: `deal ${id}`,
    title,
    detail: companyName,
    picture: <Handshake aria-hidden />,
    open: () => void navigate({ to: '/deals/$dealId', params: { dealId: id } }),
  }))
  const talks = (conversations.data?.pages[0]?.items ?? []).slice(0, SHOWN).map(({ id, subject, party }) => ({
    key: `conversation ${id}`,
    title: subject || t('inbox.noSubject'),
    detail: partyName(party),
    picture: <Avatar name={partyName(party)} seed={party.address} size="sm" />,
    open: () => void navigate({ to: '/inbox/$folder/$conversationId', params: { folder: 'all', conversationId: id } }),
  }))
  const errands = (records.data?.tasks ?? []).map(({ id, title, aboutName }) => ({
    key: `task ${id}`,
    title,
    detail: aboutName,
    picture: <ListTodo aria-hidden />,
    open: () => void navigate({ to: '/tasks', search: { open: id } }),
  }))
  const remarks = (records.data?.notes ?? []).map((note) => ({
    key: `note ${note.id}`,
    title: note.body.replaceAll(/\s+/g, ' ').slice(0, LETTERS),
    detail: note.aboutName,
    picture: <NotebookPen aria-hidden />,
    open: () => openAbout(note),
  }))
  const groups = {
    contact: { heading: t('palette.contacts'), records: people },
    company: { heading: t('nav.companies'), records: firms },
    deal: { heading: t('nav.deals'), records: chances },
    task: { heading: t('nav.tasks'), records: errands },
    note: { heading: t('palette.notes'), records: remarks },
  }
  const ordered = [...(records.data?.order ?? []).map((record) => groups[record]), { heading: t('palette.conversations'), records: talks }]
  return {
    groups: ordered.filter(({ records: found }) => found.length > 0),
    isFetching: records.isFetching || conversations.isFetching,
  }
}
