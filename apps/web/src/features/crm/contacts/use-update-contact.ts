import type { Contact, UpdateContact } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { editInTurn } from '../records/edit-in-turn.ts'

/** Changes fields as of the version that was on screen; when that is old (412), the newest is fetched to look at. */
export function useUpdateContact({ id, version }: Contact) {
  const cache = useQueryClient()
  return useCommand({
    turn: id,
    run: (body: UpdateContact, idempotencyKey) =>
      editInTurn(id, version, (ifMatch) => api.crm.updateContact({ params: { contactId: id }, body, ifMatch, idempotencyKey })),
    onSuccess: (contact) => {
      cache.setQueryData(['crm', 'contact', id], contact)
      void cache.invalidateQueries({ queryKey: ['crm', 'contacts'] })
      void cache.invalidateQueries({ queryKey: ['crm', 'timeline', id] })
    },
    onError: (error) => {
      if (isStatus(error, 409, 412)) void cache.invalidateQueries({ queryKey: ['crm', 'contact', id] })
    },
  })
}
