import type { RecordNote } from '@ai-crm/contracts'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { useDeleteLater } from '../records/use-delete-later.ts'
import { mentionedAfter, withMentions } from './mentions.ts'
import { NoteField } from './note-field.tsx'
import { useUpdateNote } from './use-note-commands.ts'

export function NoteCard({ note, members }: { note: RecordNote; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const isMine = useMe().user.id === note.authorId
  const canWrite = useCan('crm.note.create')
  const canDeleteOthers = useCan('crm.note.delete')
  const deleteLater = useDeleteLater()
  const [isEditing, setIsEditing] = useState(false)
  const author = members.find(({ userId }) => userId === note.authorId)?.name ?? t('records.ownerUnknown')
  const names = members.flatMap(({ userId, name }) => (note.mentions.includes(userId) ? [name] : []))
  const remove = () =>
    deleteLater({
      run: () => api.crm.deleteRecordNote({ params: { noteId: note.id } }),
      list: ['crm', 'notes'],
      deleting: t('notes.deleting'),
      kept: t('notes.kept'),
    })
  if (isEditing) return <EditNote note={note} members={members} onClose={() => setIsEditing(false)} />
  return (
    <article className="group flex flex-col gap-1.5 rounded-xl border border-line bg-surface px-3.5 py-2.5">
      <header className="flex h-6 items-center gap-2 text-xs">
        <span className="min-w-0 truncate font-medium">{author}</span>
        <Time at={note.createdAt} className="text-faint" />
        {note.updatedAt !== note.createdAt && <span className="text-faint">{t('notes.edited')}</span>}
        {canWrite && (isMine || canDeleteOthers) && (
          <span className="ml-auto flex pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100">
            {isMine && (
              <IconButton label={t('notes.edit')} className="size-6!" onClick={() => setIsEditing(true)}>
                <Pencil />
              </IconButton>
            )}
            <IconButton label={t('notes.delete')} className="size-6!" onClick={remove}>
              <Trash2 />
            </IconButton>
          </span>
        )}
      </header>
      <p className="break-words whitespace-pre-wrap">
        {withMentions(note.body, names).map(({ text, isMention }, index) =>
          isMention ? (
            <span key={index} className="rounded bg-accent-soft px-0.5 font-medium text-accent-text">
              {text}
            </span>
          ) : (
            text
          ),
        )}
      </p>
    </article>
  )
}

function EditNote({ note, members, onClose }: { note: RecordNote; members: readonly Colleague[]; onClose: () => void }) {
  const { t } = useTranslation()
  const [body, setBody] = useState(note.body)
  const update = useUpdateNote(note, onClose)
  const save = () => {
    if (body.trim() !== '' && !update.isPending) update.mutate({ body: body.trim(), mentions: mentionedAfter(body, note, members) })
  }
  return (
    <div className="flex flex-col gap-2">
      <NoteField
        label={t('notes.edit')}
        value={body}
        members={members}
        isBusy={update.isPending}
        autoFocus
        onChange={setBody}
        onSubmit={save}
        onCancel={onClose}
      />
      {update.error && (
        <p role="alert" className="text-xs text-danger">
          {explain(update.error, t)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button kind="primary" shortcut="mod+enter" isBusy={update.isPending} disabled={body.trim() === ''} onClick={save}>
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}
