import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { switchOrganization } from '../../../lib/session/switch-organization.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { organizationsQuery } from './queries.ts'

/** The person's organisations, and the way into another one. */
export function useOrganizations() {
  const { t } = useTranslation()
  const { data } = useQuery(organizationsQuery)
  const { mutate } = useMutation({
    mutationFn: switchOrganization,
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  return { organizations: data?.items ?? [], switchTo: (organizationId: string) => mutate(organizationId) }
}
