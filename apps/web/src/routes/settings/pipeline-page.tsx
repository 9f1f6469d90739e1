import { ROLES } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rolesQuery } from '../../features/auth/roles/queries.ts'
import type { RoleOption } from '../../features/pipeline/rules/rules-dialog.tsx'
import { PipelineSettings } from '../../features/pipeline/pipelines/pipeline-page.tsx'
import { useCan } from '../../lib/session/session-store.ts'

/** Rules of stages name roles, which are those of the organisation. */
export function PipelinePage() {
  const { t } = useTranslation()
  const { pipelineId } = useParams({ from: '/app/settings/pipelines/$pipelineId' })
  const canSeeRoles = useCan('auth.role.read')
  const custom = useQuery({ ...rolesQuery, enabled: canSeeRoles }).data?.custom ?? []
  const roles = [...ROLES.map((role): RoleOption => ({ id: role, label: t(`settings.roles.${role}`) })), ...custom.map(({ id, name }) => ({ id, label: name }))]
  return <PipelineSettings key={pipelineId} pipelineId={pipelineId} roles={roles} />
}
