import type { ListRecord } from '@ai-crm/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { PreviewNote } from './preview-note.tsx'
import type { Previewed } from './queries.ts'
import { usePreview } from './use-preview.ts'
import { type Undoable, useUndo } from './use-start-operation.ts'

interface UndoDialogProps {
  what: Undoable
  record: ListRecord
  nameOf: (userId: string) => string | null
  onClose: () => void
  onStarted?: () => void
  /** What it comes to, where that can be told before. */
  children?: ReactNode
}

/** What goes back and what stays, before it does. */
export function UndoDialog({ what, record, nameOf, onClose, onStarted, children }: UndoDialogProps) {
  const { t } = useTranslation()
  const undo = useUndo(() => {
    onClose()
    onStarted?.()
  })
  const previewed: Previewed =
    'eventId' in what
      ? { key: ['change', what.eventId], ask: (signal) => api.crm.previewUndoChange({ params: { eventId: what.eventId }, signal }) }
      : { key: ['operation', what.operationId], ask: (signal) => api.crm.previewUndo({ params: { operationId: what.operationId }, signal }) }
  const preview = usePreview(previewed)
  return (
    <Dialog title={t('eventId' in what ? 'bulk.undoChange' : 'bulk.undoTitle')} isOpen onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{t('bulk.undoText')}</p>
        {children}
        <PreviewNote record={record} preview={preview} nameOf={nameOf} />
        {undo.error && (
          <p role="alert" className="text-sm text-danger">
            {explain(undo.error, t)}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.leave')}</Button>
        <Button kind="primary" data-first-focus aria-disabled={!preview.isReady} isBusy={undo.isPending} onClick={() => preview.isReady && undo.mutate(what)}>
          {t('common.undo')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
