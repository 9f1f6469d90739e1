import type { Company, UpdateCompany } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { editInTurn } from '../records/edit-in-turn.ts'

/** Changes fields as of the version that was on screen; when that is old, the newest is fetched to look at. */
export function useUpdateCompany({ id, version }: Company) {
  const cache = useQueryClient()
  return useCommand({
    turn: id,
    run: (body: UpdateCompany, idempotencyKey) =>
      editInTurn(id, version, (ifMatch) => api.crm.updateCompany({ params: { companyId: id }, body, ifMatch, idempotencyKey })),
    onSuccess: (company) => {
      cache.setQueryData(['crm', 'company', id], company)
      void cache.invalidateQueries({ queryKey: ['crm', 'companies'] })
      void cache.invalidateQueries({ queryKey: ['crm', 'company-timeline', id] })
    },
    onError: (error) => {
      if (isStatus(error, 409, 412)) void cache.invalidateQueries({ queryKey: ['crm', 'company', id] })
    },
  })
}
