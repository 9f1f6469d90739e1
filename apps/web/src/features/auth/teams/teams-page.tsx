import type { Team } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { membersQuery } from '../members/queries.ts'
import { teamsQuery } from '../../../lib/session/use-may-write.ts'
import { TeamDialog } from './team-dialog.tsx'
import { TeamRow } from './team-row.tsx'

type Open = { team: Team | null } | null

/** Who works on whose records: teams are made, filled and deleted here. */
export function TeamsPage() {
  const { t } = useTranslation()
  const mayManage = useCan('auth.team.manage')
  const teams = useQuery(teamsQuery)
  const members = useQuery(membersQuery)
  const [open, setOpen] = useState<Open>(null)
  const error = teams.error ?? members.error
  const items = teams.data?.items
  const createButton = mayManage && (
    <Button kind="primary" icon={<Plus />} onClick={() => setOpen({ team: null })}>
      {t('teams.create')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('teams.title')} text={t('teams.text')} />
      {!mayManage && <p className="text-sm text-muted">{t('teams.readOnly')}</p>}
      {error && <ProblemNote error={error} onRetry={() => void Promise.all([teams.refetch(), members.refetch()])} />}
      {!items && !error && <SkeletonRows count={2} label={t('common.loading')} />}
      {items?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<Users />} title={t('teams.none')} text={t('teams.noneText')}>
            {createButton}
          </EmptyState>
        </div>
      )}
      {items && items.length > 0 && (
        <>
          {createButton && <div>{createButton}</div>}
          <ul aria-label={t('teams.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {items.map((team) => (
              <TeamRow key={team.id} team={team} members={members.data?.items ?? []} onOpen={mayManage ? () => setOpen({ team }) : null} />
            ))}
          </ul>
        </>
      )}
      {open && <TeamDialog key={open.team?.id ?? 'new'} team={open.team} members={members.data?.items ?? []} onClose={() => setOpen(null)} />}
    </div>
  )
}
