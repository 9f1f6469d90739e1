import type { InstallationFlag } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { useFlagName } from './use-flag-name.ts'

/** What the operator can decide: as the code has it, for a share of organisations, or off for everybody. */
type Decision = 'default' | 'share' | 'kill'

const decisionOf = ({ isKilled, percentage }: InstallationFlag): Decision => (isKilled ? 'kill' : percentage === null ? 'default' : 'share')

/** A change for everybody: with a reason, and with a proof of who asks for it. */
export function ChangeFlagDialog({ flag, onClose }: { flag: InstallationFlag; onClose: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const name = useFlagName()(flag.key)
  const [decision, setDecision] = useState(decisionOf(flag))
  const [share, setShare] = useState(String(flag.percentage ?? 100))
  const [reason, setReason] = useState('')
  const change = useCommand({
    run: () => {
      const percentage = decision === 'share' ? Number(share) : decision === 'kill' ? flag.percentage : null
      const body = { isKilled: decision === 'kill', percentage, reason }
      return api.auth.setInstallationFlag({ params: { flag: flag.key }, body, ifMatch: flag.version })
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['auth', 'flags'] })
      showToast({ kind: 'done', text: t('switches.done', { name }) })
      onClose()
    },
  })
  const decisions: readonly Decision[] = flag.scope === 'organization' ? ['default', 'share', 'kill'] : ['default', 'kill']
  const defaultLabel = t(flag.default ? 'switches.decisions.on' : 'switches.decisions.notYet')
  return (
    <Dialog title={name} isOpen onClose={onClose}>
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate(undefined)
        }}
      >
        <DialogBody>
          <Choice
            label={t('switches.state')}
            value={decision}
            options={decisions.map((value) => ({ value, label: value === 'default' ? defaultLabel : t(`switches.decisions.${value}`) }))}
            onChange={setDecision}
          />
          {decision === 'kill' && <p className="text-xs text-warn">{t('switches.killHint')}</p>}
          {decision === 'share' && (
            <TextField
              label={t('switches.percentage')}
              hint={t('switches.percentageHint')}
              error={fieldProblem(change.error, 'percentage')}
              type="number"
              min={0}
              max={100}
              required
              value={share}
              onChange={({ target }) => setShare(target.value)}
            />
          )}
          <TextField
            label={t('switches.reason')}
            hint={t('switches.reasonHint')}
            error={fieldProblem(change.error, 'reason')}
            required
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          {change.error && <ProblemNote error={change.error} />}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind={decision === 'kill' ? 'danger' : 'primary'} isBusy={change.isPending} disabled={reason.trim() === ''}>
            {t(decision === 'kill' ? 'switches.kill' : 'switches.apply')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
