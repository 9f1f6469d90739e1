import type { Company, CreateCompany } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'

/** Everything but the name has a default. */
type NewCompany = Partial<CreateCompany> & Pick<CreateCompany, 'name'>

export function useCreateCompany(onCreated?: (company: Company) => void) {
  const cache = useQueryClient()
  return useCommand({
    run: (body: NewCompany, idempotencyKey) => api.crm.createCompany({ body, idempotencyKey }),
    onSuccess: (company) => {
      cache.setQueryData(['crm', 'company', company.id], company)
      void cache.invalidateQueries({ queryKey: ['crm', 'companies'] })
      onCreated?.(company)
    },
  })
}
