import { useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import type { Organization } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { organizationQuery } from '../organizations/queries.ts'

export function useKeepOrganization(): UseMutationResult<Organization, Error, void> {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useCommand({
    run: (_nothing: void) => api.auth.cancelOrganizationDeletion(),
    onSuccess: (organization) => {
      queries.setQueryData(organizationQuery.queryKey, organization)
      showToast({ kind: 'done', text: t('departure.isKept') })
    },
  })
}
