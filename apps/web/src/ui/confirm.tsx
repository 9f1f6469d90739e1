import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog, DialogActions, DialogBody } from './dialog.tsx'

interface ConfirmProps {
  isOpen: boolean
  title: string
  text: string
  /** Verb and object: "Delete contact". */
  action: string
  isBusy?: boolean
  onConfirm: () => void
  onClose: () => void
}

export function Confirm({ isOpen, title, text, action, isBusy, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{text}</p>
      </DialogBody>
      <DialogActions>
        <Button data-first-focus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button kind="danger" isBusy={isBusy ?? false} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
