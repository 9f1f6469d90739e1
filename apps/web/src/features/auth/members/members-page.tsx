import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/session/session-store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { membersQuery } from './queries.ts'

export function MembersPage() {
  const { t } = useTranslation()
  const me = useMe()
  const { data, error, refetch } = useQuery(membersQuery)
  return (
    <>
      <PageTitle title={t('settings.members')} text={t('settings.membersText', { organization: me.organization.name })} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {data?.items.map(({ userId, name, email, role, joinedAt }) => (
          <li key={userId} className="flex items-center gap-3 px-4 py-3">
            <Avatar name={name} />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">
                {name} {userId === me.user.id && <span className="font-normal text-faint">({t('common.you')})</span>}
              </p>
              <p className="truncate text-xs text-faint">{email}</p>
            </div>
            <span className="hidden text-xs text-faint sm:inline">
              {t('settings.joined')} <Time at={joinedAt} />
            </span>
            <Tooltip text={t(`settings.roleText.${role}`)}>
              <span tabIndex={0}>
                <Badge tone={role === 'owner' ? 'accent' : 'neutral'}>{t(`settings.roles.${role}`)}</Badge>
              </span>
            </Tooltip>
          </li>
        ))}
      </ul>
    </>
  )
}
