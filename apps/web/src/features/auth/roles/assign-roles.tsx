import { ROLE_BASES, type CustomRole, type Member, type RoleChoice } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Choice } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { membersQuery } from '../members/queries.ts'

/** Everybody but owners and oneself, with the role that they have; a choice counts at once. */
export function AssignRoles({ custom }: { custom: readonly CustomRole[] }) {
  const { t } = useTranslation()
  const me = useMe()
  const { data } = useQuery(membersQuery)
  const others = data?.items.filter(({ userId, role }) => userId !== me.user.id && role !== 'owner') ?? []
  if (others.length === 0) return null
  return (
    <section className="mt-8">
      <h2 className="mb-3 font-semibold">{t('roleSettings.assign')}</h2>
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {others.map((member) => (
          <AssignRole key={member.userId} member={member} custom={custom} />
        ))}
      </ul>
    </section>
  )
}

function AssignRole({ member, custom }: { member: Member; custom: readonly CustomRole[] }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const assign = useCommand({
    run: (body: RoleChoice) => api.auth.assignRole({ params: { userId: member.userId }, body }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['auth', 'members'] })
      void cache.invalidateQueries({ queryKey: ['auth', 'roles'] })
      showToast({ kind: 'done', text: t('roleSettings.assigned', { name: member.name }) })
    },
  })
  const options = [
    ...ROLE_BASES.map((role) => ({ value: role, label: t(`settings.roles.${role}`) })),
    ...custom.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const choose = (value: string) => {
    const role = ROLE_BASES.find((base) => base === value)
    assign.mutate(role ? { role, customRoleId: null } : { role: 'viewer', customRoleId: value })
  }
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{member.name}</p>
        <p className="truncate text-xs text-faint">{member.email}</p>
      </div>
      <Choice
        label={t('roleSettings.roleOf', { name: member.name })}
        isLabelHidden
        value={member.customRoleId ?? member.role}
        options={options}
        disabled={assign.isPending}
        onChange={choose}
      />
      {assign.error && <ProblemNote error={assign.error} />}
    </li>
  )
}
