import type { CustomRole } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import type { PermissionGroup } from './permission-groups.ts'
import { rolesQuery } from './queries.ts'

interface NewPermissionsProps {
  role: CustomRole
  groups: readonly PermissionGroup[]
}

/** What a role of the organisation could permit since a new version, and does not: to be allowed or left out by one click. */
export function NewPermissions({ role: { id, name, version, permissions, newPermissions }, groups }: NewPermissionsProps) {
  const { t } = useTranslation()
  const me = useMe()
  const cache = useQueryClient()
  const decide = useCommand({
    run: (added: readonly string[], idempotencyKey) =>
      api.auth.updateRole({ params: { roleId: id }, body: { permissions: [...permissions, ...added] }, ifMatch: version, idempotencyKey }),
    onSuccess: () => cache.invalidateQueries({ queryKey: rolesQuery.queryKey }),
  })
  // Nobody grants what they do not have.
  const grantable = newPermissions.filter((one) => me.permissions.some((own) => own === one))
  const labels = new Map(groups.flatMap((group) => group.permissions.map(({ name: key, label }): [string, string] => [key, label])))
  return (
    <section
      aria-label={t('roleSettings.newTitle', { name })}
      className="mb-4 flex flex-col gap-2 rounded-xl border border-line bg-accent-soft px-4 py-3 text-sm"
    >
      <h2 className="font-medium">{t('roleSettings.newTitle', { name })}</h2>
      <p className="text-muted">{t('roleSettings.newText')}</p>
      <ul className="list-disc pl-5">
        {newPermissions.map((one) => (
          <li key={one}>{labels.get(one) ?? one}</li>
        ))}
      </ul>
      {decide.error && <ProblemNote error={decide.error} />}
      <div className="flex flex-wrap gap-2">
        {grantable.length > 0 && (
          <Button kind="primary" isBusy={decide.isPending} onClick={() => decide.mutate(grantable)}>
            {t('roleSettings.newAllow')}
          </Button>
        )}
        <Button isBusy={decide.isPending} onClick={() => decide.mutate([])}>
          {t('roleSettings.newLeave')}
        </Button>
      </div>
    </section>
  )
}
