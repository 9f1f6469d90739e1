import type { CreateTeam, Team } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { teamsQuery } from '../../../lib/session/use-may-write.ts'

/** Saves a team as of the version that was on screen, or makes one where there is none yet. */
export function useTeamCommands(team: Team | null, onClose: () => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const onSuccess = () => {
    void cache.invalidateQueries({ queryKey: teamsQuery.queryKey })
    showToast({ kind: 'done', text: t('common.saved') })
    onClose()
  }
  const save = useCommand({
    run: (body: CreateTeam, idempotencyKey) =>
      team ? api.auth.updateTeam({ params: { teamId: team.id }, body, ifMatch: team.version, idempotencyKey }) : api.auth.createTeam({ body, idempotencyKey }),
    onSuccess,
    onError: () => void cache.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  })
  const remove = useCommand({ run: () => api.auth.deleteTeam({ params: { teamId: team?.id ?? '' } }), onSuccess })
  return { save, remove }
}
