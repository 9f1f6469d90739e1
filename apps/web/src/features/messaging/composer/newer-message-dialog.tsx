import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'

/** The server refused a reply, because the customer wrote something that its writer has not seen. */
export function NewerMessageDialog({ isOpen, onRead, onSend }: { isOpen: boolean; onRead: () => void; onSend: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('composer.newerTitle')} isOpen={isOpen} onClose={onRead}>
      <DialogBody>
        <p className="text-muted">{t('composer.newerText')}</p>
      </DialogBody>
      <DialogActions>
        <Button onClick={onSend}>{t('composer.sendAnyway')}</Button>
        <Button kind="primary" data-first-focus onClick={onRead}>
          {t('composer.readFirst')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
