import type { Note } from '@ai-crm/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { retrying } from '../../../lib/api/retrying.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'

export function NoteRow({ note, canManage, onEdit }: { note: Note; canManage: boolean; onEdit: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => retrying(() => api.ai.deleteNote({ params: { noteId: note.id } })),
    onSuccess: () => showToast({ kind: 'done', text: t('ai.noteDeleted') }),
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['ai', 'notes'] }),
  })
  return (
    <li className="flex items-start gap-2 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate font-medium">{note.title}</span>
          <Time at={note.updatedAt} className="shrink-0 text-2xs text-faint" />
        </p>
        <p className="line-clamp-2 break-words text-muted">{note.body}</p>
      </div>
      {canManage && (
        <>
          <IconButton label={`${t('ai.editNote')}: ${note.title}`} onClick={onEdit}>
            <PencilLine />
          </IconButton>
          <IconButton label={`${t('ai.deleteNote')}: ${note.title}`} onClick={() => setIsAsking(true)}>
            <Trash2 />
          </IconButton>
        </>
      )}
      <Confirm
        isOpen={isAsking}
        title={t('ai.deleteNote')}
        text={t('ai.deleteNoteText', { title: note.title })}
        action={t('ai.deleteNote')}
        isBusy={remove.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false)
          remove.mutate()
        }}
      />
    </li>
  )
}
