import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog, DialogActions, DialogBody } from './dialog.tsx'

interface ConfirmProps {
  isOpen: boolean
  title: string
  text: string
  /** Verb and object: "Delete contact". */
  action: string
  /** The way out, where "Cancel" could be taken for the action itself. */
  dismissal?: string
  isBusy?: boolean
  onConfirm: () => void
  onClose: () => void
}

export function Confirm({ isOpen, title, text, action, dismissal, isBusy, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{text}</p>
      </DialogBody>
      <DialogActions>
        <Button data-first-focus onClick={onClose}>
          {dismissal ?? t('common.cancel')}
        </Button>
        <Button kind="danger" isBusy={isBusy ?? false} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
