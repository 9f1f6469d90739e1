import type { TotpEnrolment } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Dialog, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { QrCode } from './qr-code.tsx'
import { useFactorCommand } from './use-factor-command.ts'

interface TotpDialogProps {
  enrolment: TotpEnrolment | null
  onClose: () => void
  /** Recovery codes come with the first factor. */
  onConfirmed: (recoveryCodes: readonly string[] | null) => void
}

/** Scan (or type) the secret, then show that the app has it. */
export function TotpDialog({ enrolment, onClose, onConfirmed }: TotpDialogProps) {
  const { t } = useTranslation()
  const confirm = useFactorCommand({
    run: (code: string) => api.auth.confirmTotp({ body: { code } }),
    done: t('factors.totp.added'),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  })
  return (
    <Dialog title={t('factors.totp.dialogTitle')} isOpen={enrolment !== null} onClose={onClose}>
      {enrolment && (
        <DialogBody>
          <p className="text-muted">{t('factors.totp.scan')}</p>
          <QrCode text={enrolment.uri} label={t('factors.totp.qr')} />
          <details>
            <summary className="w-fit rounded-md text-accent-text">{t('factors.totp.typeInstead')}</summary>
            <div className="pt-2">
              <CopyBlock text={enrolment.secret} label={t('factors.totp.secret')} />
            </div>
          </details>
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              confirm.mutate(formText(new FormData(event.currentTarget), 'code'))
            }}
          >
            {confirm.error && <ProblemNote error={confirm.error} />}
            <TextField
              label={t('factors.proof.code')}
              hint={t('factors.proof.codeHint')}
              name="code"
              required
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              className="font-mono tracking-wider"
            />
            <Button type="submit" kind="primary" className="h-9" isBusy={confirm.isPending}>
              {t('factors.totp.confirm')}
            </Button>
          </form>
        </DialogBody>
      )}
    </Dialog>
  )
}
