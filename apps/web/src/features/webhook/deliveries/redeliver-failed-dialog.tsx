import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'

const HOUR_MS = 3_600_000
const PERIODS = { day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 30 * 24 * HOUR_MS } as const
const PERIOD_NAMES = ['day', 'week', 'month'] as const

/** Asks how far back, for when a receiver has come back. */
export function RedeliverFailedDialog({ webhookId, isOpen, onClose }: { webhookId: string; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [period, setPeriod] = useState<keyof typeof PERIODS>('week')
  const redeliver = useCommand({
    run: (since: string, idempotencyKey) => api.webhook.redeliverFailed({ params: { webhookId }, body: { since }, idempotencyKey }),
    onSuccess: ({ count }) => {
      void cache.invalidateQueries({ queryKey: ['webhook', 'deliveries'] })
      showToast({ kind: 'done', text: count === 0 ? t('webhookLog.redeliveredNone') : t('webhookLog.redeliveredFailed', { count }) })
      onClose()
    },
  })
  const close = () => {
    redeliver.reset()
    onClose()
  }
  return (
    <Dialog title={t('webhookLog.redeliverFailedTitle')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        {redeliver.error && <ProblemNote error={redeliver.error} />}
        <p className="text-muted">{t('webhookLog.redeliverFailedText')}</p>
        <Choice
          label={t('webhookLog.since')}
          value={period}
          options={PERIOD_NAMES.map((value) => ({ value, label: t(`webhookLog.periods.${value}`) }))}
          onChange={setPeriod}
        />
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" isBusy={redeliver.isPending} onClick={() => redeliver.mutate(new Date(Date.now() - PERIODS[period]).toISOString())}>
          {t('webhookLog.redeliverFailedDo')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
