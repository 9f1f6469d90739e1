import type { ListRecord } from '@ai-crm/contracts'
import { hashKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { PreviewNote } from './preview-note.tsx'
import { operationOf, type Selected } from './queries.ts'
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
  const body = asked && operationOf(record, selected, asked)
  const settled = useSettled(body ? hashKey([body]) : '', 250)
  const previewed = body && settled === hashKey([body]) ? { key: [body], ask: (signal: AbortSignal) => api.crm.previewOperation({ body, signal }) } : null
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <DialogBody>
        {children}
        <PreviewNote record={record} previewed={previewed} nameOf={nameOf} />
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
        <Button kind={isDangerous ? 'danger' : 'primary'} disabled={!body} isBusy={start.isPending} onClick={() => body && start.mutate(body)}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
