import type { Member, Team } from '@ai-crm/contracts'
import { Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'

interface TeamRowProps {
  team: Team
  members: readonly Member[]
  /** Null: only to look at. */
  onOpen: (() => void) | null
}

export function TeamRow({ team, members, onOpen }: TeamRowProps) {
  const { t } = useTranslation()
  const inTeam = members.filter(({ userId }) => team.memberIds.includes(userId))
  const lead = inTeam.find(({ userId }) => userId === team.leadId)
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="truncate">{team.name}</span>
          <span className="text-xs font-normal text-faint">{t('teams.members', { count: team.memberIds.length })}</span>
          {lead && <Badge>{t('teams.ledBy', { name: lead.name })}</Badge>}
        </p>
        <p className="text-xs text-pretty text-muted">{inTeam.map(({ name }) => name).join(', ') || t('teams.empty')}</p>
      </div>
      {onOpen && (
        <IconButton label={t('teams.change', { name: team.name })} onClick={onOpen}>
          <Pencil />
        </IconButton>
      )}
    </li>
  )
}
