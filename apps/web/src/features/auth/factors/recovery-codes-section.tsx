import type { Factors } from '@ai-crm/contracts'
import { LifeBuoy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProofProblem } from '../proof/proof-form.tsx'
import { useFactorCommand } from './use-factor-command.ts'

/** With so few left it is time for new ones. */
const FEW = 3

interface RecoveryCodesSectionProps {
  codes: Factors['recoveryCodes']
  onCodes: (codes: readonly string[]) => void
}

export function RecoveryCodesSection({ codes, onCodes }: RecoveryCodesSectionProps) {
  const { t } = useTranslation()
  const [isAsking, setIsAsking] = useState(false)
  const left = codes?.left ?? 0
  const renew = useFactorCommand({
    run: () => api.auth.renewRecoveryCodes(),
    done: null,
    onSuccess: ({ recoveryCodes }) => {
      setIsAsking(false)
      onCodes(recoveryCodes)
    },
  })
  return (
    <Section title={t('factors.codes.title')} text={t('factors.codes.text')}>
      {renew.error && <ProofProblem error={renew.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <LifeBuoy aria-hidden className="size-4.5 text-muted" />
        <p className="flex flex-1 flex-wrap items-center gap-2">
          {t('factors.codes.left', { count: left })}
          {left <= FEW && <Badge tone="warn">{t('factors.codes.few')}</Badge>}
        </p>
        <Button onClick={() => setIsAsking(true)}>{t('factors.codes.renew')}</Button>
      </div>
      <Confirm
        isOpen={isAsking}
        title={t('factors.codes.renewTitle')}
        text={t('factors.codes.renewText')}
        action={t('factors.codes.renew')}
        isBusy={renew.isPending}
        onConfirm={() => renew.mutate(undefined)}
        onClose={() => setIsAsking(false)}
      />
    </Section>
  )
}
