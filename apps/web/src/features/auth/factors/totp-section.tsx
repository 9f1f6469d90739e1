import type { Factors, TotpEnrolment } from '@ai-crm/contracts'
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Section } from '../../../ui/page.tsx'
import { Time } from '../../../ui/time.tsx'
import { ProofProblem } from '../proof/proof-form.tsx'
import { TotpDialog } from './totp-dialog.tsx'
import { useFactorCommand } from './use-factor-command.ts'

interface TotpSectionProps {
  totp: Factors['totp']
  onCodes: (codes: readonly string[]) => void
}

export function TotpSection({ totp, onCodes }: TotpSectionProps) {
  const { t } = useTranslation()
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null)
  const [isRemoving, setIsRemoving] = useState(false)
  const start = useFactorCommand({ run: () => api.auth.startTotp(), done: null, onSuccess: setEnrolment })
  const remove = useFactorCommand({ run: () => api.auth.removeTotp(), done: t('factors.totp.removed'), onSuccess: () => setIsRemoving(false) })
  const problem = start.error ?? remove.error
  return (
    <Section title={t('factors.totp.title')} text={t('factors.totp.text')}>
      {problem && <ProofProblem error={problem} />}
      <div className="flex flex-wrap items-center gap-3">
        <Smartphone aria-hidden className="size-4.5 text-muted" />
        <p className="flex-1">
          {totp ? (
            <>
              <Badge tone="ok">{t('factors.on')}</Badge>{' '}
              <span className="text-muted">
                {t('factors.since')} <Time at={totp.confirmedAt} />
              </span>
            </>
          ) : (
            <span className="text-muted">{t('factors.totp.none')}</span>
          )}
        </p>
        <Button kind={totp ? 'plain' : 'primary'} isBusy={start.isPending} onClick={() => start.mutate(undefined)}>
          {totp ? t('factors.totp.replace') : t('factors.totp.setUp')}
        </Button>
        {totp && (
          <Button kind="danger" onClick={() => setIsRemoving(true)}>
            {t('factors.remove')}
          </Button>
        )}
      </div>
      <TotpDialog
        enrolment={enrolment}
        onClose={() => setEnrolment(null)}
        onConfirmed={(codes) => {
          setEnrolment(null)
          if (codes) onCodes(codes)
        }}
      />
      <Confirm
        isOpen={isRemoving}
        title={t('factors.totp.removeTitle')}
        text={t('factors.totp.removeText')}
        action={t('factors.totp.removeAction')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined)}
        onClose={() => setIsRemoving(false)}
      />
    </Section>
  )
}
