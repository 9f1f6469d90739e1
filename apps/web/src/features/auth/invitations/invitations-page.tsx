import { useQuery } from '@tanstack/react-query'
import { MailPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PageTitle, Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { InvitationRow } from './invitation-row.tsx'
import { InviteByLink } from './invite-by-link.tsx'
import { InviteByMail } from './invite-by-mail.tsx'
import { invitationsQuery } from './queries.ts'

export function InvitationsPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(invitationsQuery)
  return (
    <>
      <PageTitle title={t('invitations.title')} text={t('invitations.text')} />
      <InviteByMail />
      <InviteByLink />
      <Section title={t('invitations.list')}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
        {data?.items.length === 0 && <EmptyState icon={<MailPlus />} title={t('invitations.empty')} text={t('invitations.emptyText')} />}
        <ul className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
          {data?.items.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </Section>
    </>
  )
}
