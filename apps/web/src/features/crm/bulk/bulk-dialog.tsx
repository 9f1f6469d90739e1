import { type ListRecord, MAX_SELECTED_IDS } from '@ai-crm/contracts'
import { hashKey } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { PreviewNote } from './preview-note.tsx'
import { operationOf, type Selected } from './operation-of.ts'
import { usePreview } from './use-preview.ts'
import { useStartOperation } from './use-start-operation.ts'

export interface BulkDialogProps {
  title: string
  /** Verb and object. */
  action: string
  record: ListRecord
  selected: Selected
  /** Null while it is not said yet what shall happen. */
  asked: object | null
  isDangerous?: boolean
  nameOf: (userId: string) => string | null
  onClose: () => void
  onStarted: () => void
  children?: ReactNode
}

/** What shall happen to the selected records, what that comes to, and only then the button that does it. */
export function BulkDialog({ title, action, record, selected, asked, isDangerous = false, nameOf, onClose, onStarted, children }: BulkDialogProps) {
  const { t } = useTranslation()
  const start = useStartOperation(() => {
    onClose()
    onStarted()
  })
  const formed = asked && operationOf(record, selected, asked)
  const body = formed && 'body' in formed ? formed.body : null
  const settled = useSettled(body ? hashKey([body]) : '', 250)
  const previewed = body && settled === hashKey([body]) ? { key: [body], ask: (signal: AbortSignal) => api.crm.previewOperation({ body, signal }) } : null
  const preview = usePreview(previewed)
  const formId = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (body && preview.isReady) start.mutate(body)
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <DialogBody>
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
          {children}
        </form>
        {formed && 'unfit' in formed && (
          <p role="status" className="text-sm text-muted">
            {t(formed.unfit === 'value' ? 'bulk.unfit' : 'bulk.tooManyIds', { count: MAX_SELECTED_IDS })}
          </p>
        )}
        <PreviewNote record={record} preview={preview} nameOf={nameOf} />
        {start.error && (
          <p role="alert" className="text-sm text-danger">
            {explain(start.error, t)}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button {...(isDangerous ? { 'data-first-focus': true } : {})} onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button kind={isDangerous ? 'danger' : 'primary'} type="submit" form={formId} disabled={!preview.isReady} isBusy={start.isPending}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
