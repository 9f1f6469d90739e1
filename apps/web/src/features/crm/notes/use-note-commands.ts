import type { RecordNote, UpdateRecordNote } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import type { About } from '../records/about.ts'
import { editInTurn } from '../records/edit-in-turn.ts'

export function useWriteNote(about: About, onWritten: () => void) {
  const cache = useQueryClient()
  return useCommand({
    run: (fields: { body: string; mentions: string[] }, idempotencyKey) => api.crm.createRecordNote({ body: { ...fields, ...about }, idempotencyKey }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['crm', 'notes'] })
      onWritten()
    },
  })
}

/** Changes a note as of the version that was on screen; when that is old, the newest is fetched to look at. */
export function useUpdateNote({ id, version }: RecordNote, onSaved: () => void) {
  const cache = useQueryClient()
  const renew = () => void cache.invalidateQueries({ queryKey: ['crm', 'notes'] })
  return useCommand({
    turn: id,
    run: (body: UpdateRecordNote, idempotencyKey) =>
      editInTurn(id, version, (ifMatch) => api.crm.updateRecordNote({ params: { noteId: id }, body, ifMatch, idempotencyKey })),
    onSuccess: () => {
      renew()
      onSaved()
    },
    onError: (error) => isStatus(error, 409, 412) && renew(),
  })
}
