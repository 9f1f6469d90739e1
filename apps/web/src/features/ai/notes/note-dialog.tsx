import type { Note } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'

/** Writes a note (`note` is null) or changes one. */
export function NoteDialog({ note, isOpen, onClose }: { note: Note | null; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const formId = useId()
  const save = useCommand({
    run: (body: { title: string; body: string }, idempotencyKey) =>
      note ? api.ai.updateNote({ params: { noteId: note.id }, body, ifMatch: note.version, idempotencyKey }) : api.ai.createNote({ body, idempotencyKey }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['ai', 'notes'] })
      showToast({ kind: 'done', text: t('common.saved') })
      onClose()
    },
    onError: () => void cache.invalidateQueries({ queryKey: ['ai', 'notes'] }),
  })
  const close = () => {
    save.reset()
    onClose()
  }
  return (
    <Dialog title={note ? t('ai.editNote') : t('ai.newNote')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        {save.error &&
          (isStatus(save.error, 409, 412) ? (
            <p role="alert" className="text-danger">
              {t('ai.newer')}
            </p>
          ) : (
            <ProblemNote error={save.error} />
          ))}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            save.mutate({ title: formText(form, 'title'), body: formText(form, 'body') })
          }}
        >
          <TextField label={t('ai.noteTitle')} name="title" required maxLength={200} defaultValue={note?.title} />
          <TextArea label={t('ai.noteBody')} name="body" required rows={8} maxLength={20_000} defaultValue={note?.body} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={save.isPending}>
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
