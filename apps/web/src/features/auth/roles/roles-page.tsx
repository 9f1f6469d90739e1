import { ROLES, type CustomRole } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { AssignRoles } from './assign-roles.tsx'
import { NewPermissions } from './new-permissions.tsx'
import { usePermissionGroups } from './permission-groups.ts'
import { permissionsQuery, rolesQuery } from './queries.ts'
import { RoleDialog } from './role-dialog.tsx'
import { RoleMatrix, type Column } from './role-matrix.tsx'

type Open = { role: CustomRole | null } | null

/** What each role permits; the organisation's own roles are made and changed here. */
export function RolesPage() {
  const { t } = useTranslation()
  const mayManage = useCan('auth.role.manage')
  const mayAssign = useCan('auth.member.manage')
  const roles = useQuery(rolesQuery)
  const permissions = useQuery(permissionsQuery)
  const groups = usePermissionGroups(permissions.data?.items ?? [])
  const [open, setOpen] = useState<Open>(null)
  const custom = roles.data?.custom ?? []
  const error = roles.error ?? permissions.error
  const columns: Column[] = roles.data
    ? [
        // The organisation's own first: they open, and on a phone they are what is in sight.
        ...roles.data.custom.map((custom) => ({
          id: custom.id,
          label: custom.name,
          permissions: new Set(custom.permissions),
          members: custom.members,
          custom,
        })),
        ...ROLES.map((role) => {
          const builtIn = roles.data.builtIn.find((each) => each.role === role)
          return { id: role, label: t(`settings.roles.${role}`), permissions: new Set(builtIn?.permissions), members: builtIn?.members ?? 0, custom: null }
        }),
      ]
    : []
  return (
    <>
      <PageTitle title={t('roleSettings.title')} text={t('roleSettings.text')} />
      {mayManage ? (
        <Button kind="primary" icon={<Plus />} className="mb-4" onClick={() => setOpen({ role: null })}>
          {t('roleSettings.create')}
        </Button>
      ) : (
        <p className="mb-4 text-sm text-muted">{t('roleSettings.readOnly')}</p>
      )}
      {error && <ProblemNote error={error} onRetry={() => void Promise.all([roles.refetch(), permissions.refetch()])} />}
      {columns.length === 0 && !error && <SkeletonRows count={8} label={t('common.loading')} />}
      {mayManage && custom.map((role) => role.newPermissions.length > 0 && <NewPermissions key={role.id} role={role} groups={groups} />)}
      {columns.length > 0 && <RoleMatrix groups={groups} columns={columns} onOpen={mayManage ? (role) => setOpen({ role }) : null} />}
      {mayAssign && roles.data && <AssignRoles custom={roles.data.custom} />}
      {open && <RoleDialog key={open.role?.id ?? 'new'} role={open.role} groups={groups} onClose={() => setOpen(null)} />}
    </>
  )
}
