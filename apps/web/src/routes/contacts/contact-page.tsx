import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { ContactBody } from '../../features/crm/contacts/contact-body.tsx'
import { contactQuery, timelineQuery } from '../../features/crm/contacts/queries.ts'
import { MergeWith } from '../../features/crm/duplicates/merge-with.tsx'
import { PersonMenu } from '../../features/crm/person/person-menu.tsx'
import { Story } from '../../features/crm/records/story.tsx'
import { useDeleteLater } from '../../features/crm/records/use-delete-later.ts'
import { ContactConversations } from '../../features/messaging/inbox/contact-conversations.tsx'
import { api } from '../../lib/api/api.ts'
import { mergedInto } from '../../lib/api/merged-into.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useMayWrite } from '../../lib/session/use-may-write.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { PagePending } from '../page-states.tsx'

export function ContactPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { contactId } = useParams({ from: '/app/contacts/$contactId' })
  const { data: contact, error, refetch, isFetching } = useQuery(contactQuery(contactId))
  const isReached = useMayWrite('contact', contact?.ownerId ?? null)
  const canDelete = useCan('crm.contact.delete') && isReached
  const deleteLater = useDeleteLater()
  const nameOf = useMemberName()
  const members = useQuery(membersQuery).data?.items ?? []
  const [isAsking, setIsAsking] = useState(false)
  const survivorId = mergedInto(error)
  // An answer from before the merge was undone is asked again first.
  if (survivorId !== null && !isFetching) return <Navigate replace to="/contacts/$contactId" params={{ contactId: survivorId }} />
  if (error && !contact && survivorId === null) return <ProblemPage error={error} onRetry={() => void refetch()} />
  if (!contact) return <PagePending />
  return (
    <>
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-2 md:px-3">
        <Link
          to="/contacts"
          aria-label={t('common.back')}
          className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft className="size-4" />
        </Link>
        <Avatar name={contact.name} seed={contact.email ?? contact.name} />
        <h1 className="min-w-0 flex-1 truncate text-base font-semibold">{contact.name}</h1>
        <MergeWith key={contact.id} record="contact" one={contact} nameOf={nameOf} />
        <PersonMenu contact={contact} onErasing={() => void navigate({ to: '/settings/erasures' })} />
        {canDelete && (
          <IconButton label={t('contacts.delete')} onClick={() => setIsAsking(true)}>
            <Trash2 />
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto md:flex md:overflow-hidden" tabIndex={-1}>
        <div className="flex flex-col gap-6 border-line p-4 md:w-80 md:shrink-0 md:overflow-y-auto md:border-r md:p-5 xl:w-88">
          <ContactBody contact={contact} members={members} conversations={<ContactConversations contactId={contactId} />} />
        </div>
        <div className="min-w-0 flex-1 p-4 md:overflow-y-auto md:p-6">
          <div className="mx-auto flex max-w-3xl flex-col gap-6">
            <Story about={{ contactId }} timeline={timelineQuery(contactId)} {...{ members, nameOf }} />
          </div>
        </div>
      </div>
      <Confirm
        isOpen={isAsking}
        title={t('contacts.deleteTitle', { name: contact.name })}
        text={t('contacts.deleteText')}
        action={t('contacts.delete')}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          deleteLater({
            run: () => api.crm.deleteContact({ params: { contactId } }),
            list: ['crm', 'contacts'],
            deleting: t('contacts.deleting', { name: contact.name }),
            kept: t('contacts.kept'),
          })
          void navigate({ to: '/contacts' })
        }}
      />
    </>
  )
}
