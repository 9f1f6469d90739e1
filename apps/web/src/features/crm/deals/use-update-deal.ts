import type { Deal, UpdateDeal } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { editInTurn } from '../records/edit-in-turn.ts'

/** Changes fields as of the version that was on screen; when that is old, the newest is fetched to look at. */
export function useUpdateDeal({ id, version }: Deal) {
  const cache = useQueryClient()
  return useCommand({
    turn: id,
    run: (body: UpdateDeal, idempotencyKey) =>
      editInTurn(id, version, (ifMatch) => api.crm.updateDeal({ params: { dealId: id }, body, ifMatch, idempotencyKey })),
    onSuccess: (deal) => {
      cache.setQueryData(['crm', 'deal', id], deal)
      void cache.invalidateQueries({ queryKey: ['crm', 'deals'] })
      void cache.invalidateQueries({ queryKey: ['crm', 'deal-timeline', id] })
    },
    onError: (error) => {
      if (isStatus(error, 409, 412)) void cache.invalidateQueries({ queryKey: ['crm', 'deal', id] })
    },
  })
}
