import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { MemberRow } from './member-row.tsx'
import { membersQuery } from './queries.ts'

export function MembersPage() {
  const { t } = useTranslation()
  const me = useMe()
  const canInvite = useCan('auth.member.invite')
  const { data, error, refetch } = useQuery(membersQuery)
  return (
    <>
      <PageTitle title={t('settings.members')} text={t('settings.membersText', { organization: me.organization.name })} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {data?.items.map((member) => (
          <MemberRow key={member.userId} member={member} />
        ))}
      </ul>
      {canInvite && (
        <p className="mt-4">
          <Link to="/settings/invitations" className="font-medium text-accent-text hover:underline">
            {t('team.invite')}
          </Link>
        </p>
      )}
    </>
  )
}
