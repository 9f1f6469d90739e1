import type { Party } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isStatus } from '../../../lib/api/explain.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { Story } from '../records/story.tsx'
import { ContactBody } from './contact-body.tsx'
import { contactQuery, timelineQuery } from './queries.ts'

interface SenderPanelProps {
  /** Null until CRM has met the sender. */
  contactId: string | null
  party: Party
  nameOf: (userId: string) => string | null
  members: readonly Colleague[]
}

function KnownContact({ contactId, party, nameOf, members }: SenderPanelProps & { contactId: string }) {
  const { t } = useTranslation()
  const { data: contact, error, refetch } = useQuery(contactQuery(contactId))
  if (isStatus(error, 404)) return <EmptyState icon={<UserRound />} title={party.name ?? party.address} text={t('contacts.outOfReach')} />
  if (error && !contact)
    return (
      <div className="p-4">
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!contact) return <SkeletonRows count={5} label={t('common.loading')} />
  return (
    <div className="flex flex-col gap-5 p-4">
      <div className="flex items-center gap-3">
        <Avatar name={contact.name} seed={contact.email ?? contact.name} size="lg" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{contact.name}</h2>
          <Link to="/contacts/$contactId" params={{ contactId }} className="inline-flex items-center gap-1 text-xs text-accent-text hover:underline">
            {t('contacts.open')}
            <ArrowUpRight aria-hidden className="size-3" />
          </Link>
        </div>
      </div>
      <ContactBody contact={contact} members={members} />
      <Story about={{ contactId }} timeline={timelineQuery(contactId)} {...{ members, nameOf }} />
    </div>
  )
}

/** Who writes: beside their conversation. */
export function SenderPanel({ contactId, party, nameOf, members }: SenderPanelProps) {
  const { t } = useTranslation()
  if (contactId) return <KnownContact key={contactId} contactId={contactId} {...{ party, nameOf, members }} />
  return <EmptyState icon={<UserRound />} title={party.name ?? party.address} text={t('contacts.unknownText')} />
}
