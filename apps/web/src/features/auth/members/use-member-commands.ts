import type { Member, Role } from '@ai-crm/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { showToast } from '../../../ui/toast-store.ts'

/** What an administrator does with one member. */
export function useMemberCommands({ userId, name, version }: Member) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const common = {
    onError: (error: Error) => showToast({ kind: 'problem', text: explain(error, t) }),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['auth', 'members'] })
      void cache.invalidateQueries({ queryKey: ['auth', 'roles'] })
    },
  }
  const changeRole = useMutation({
    mutationFn: (role: Role) => api.auth.changeMemberRole({ params: { userId }, body: { role }, ifMatch: version }),
    onSuccess: () => showToast({ kind: 'done', text: t('team.roleChanged', { name }) }),
    ...common,
  })
  const giveCustomRole = useMutation({
    // What it stands on is the role's own.
    mutationFn: (customRoleId: string) => api.auth.assignRole({ params: { userId }, body: { role: 'viewer', customRoleId } }),
    onSuccess: () => showToast({ kind: 'done', text: t('team.roleChanged', { name }) }),
    ...common,
  })
  const setDisabled = useMutation({
    mutationFn: (isDisabled: boolean) => (isDisabled ? api.auth.disableMember({ params: { userId } }) : api.auth.enableMember({ params: { userId } })),
    onSuccess: ({ disabledAt }) => showToast({ kind: 'done', text: t(disabledAt === null ? 'team.isEnabled' : 'team.isDisabled', { name }) }),
    ...common,
  })
  const resetFactors = useMutation({
    mutationFn: () => api.auth.requestFactorReset({ params: { userId } }),
    onSuccess: () => showToast({ kind: 'done', text: t('team.factors.asked', { name }) }),
    ...common,
  })
  const keepFactors = useMutation({
    mutationFn: () => api.auth.withdrawFactorReset({ params: { userId } }),
    onSuccess: () => showToast({ kind: 'done', text: t('team.factors.kept', { name }) }),
    ...common,
  })
  return { changeRole, giveCustomRole, setDisabled, resetFactors, keepFactors }
}
