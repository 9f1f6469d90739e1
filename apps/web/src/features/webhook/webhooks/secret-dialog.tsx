import type { WebhookSecret } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { fullTime, regionalLocale } from '../../../lib/time/format.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { ReceiverExample } from './receiver-example.tsx'

/** A secret that was just made, for the only time. */
export function SecretDialog({ made, onClose }: { made: WebhookSecret | null; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const until = made?.webhook.previousSecretUntil ?? null
  const locale = regionalLocale(i18n.language, navigator.languages)
  return (
    <Dialog title={t(until ? 'webhooks.rotated' : 'webhooks.created')} isOpen={made !== null} onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{until ? t('webhooks.rotatedText', { until: fullTime(until, locale) }) : t('webhooks.createdText')}</p>
        <CopyBlock label={t('webhooks.secret')} text={made?.secret ?? ''} />
        {!until && <ReceiverExample />}
      </DialogBody>
      <DialogActions>
        <Button kind="primary" onClick={onClose}>
          {t('webhooks.secretTaken')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
