import type { FlagException, InstallationFlag } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'

type Decision = 'follow' | 'on' | 'off'
const DECISIONS = { follow: null, on: true, off: false } as const
const decisionOf = ({ operator }: FlagException): Decision => (operator === null ? 'follow' : operator ? 'on' : 'off')

/** A decision about one organisation: with a reason, and with a proof of who asks for it. */
export function ExceptionForm({ flag, exception, onDone }: { flag: InstallationFlag; exception: FlagException; onDone: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { id, slug } = exception.organization
  const [decision, setDecision] = useState(decisionOf(exception))
  const [reason, setReason] = useState('')
  const change = useCommand({
    run: () =>
      api.auth.setFlagException({
        params: { flag: flag.key, organization: id },
        body: { isOn: DECISIONS[decision], reason },
        ifMatch: exception.version,
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['auth', 'flags'] })
      showToast({ kind: 'done', text: t('switches.exceptions.done', { organization: slug }) })
      onDone()
    },
  })
  const options = (['follow', 'on', 'off'] as const).map((value) => ({ value, label: t(`switches.exceptions.decisions.${value}`) }))
  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(undefined)
      }}
    >
      <DialogBody>
        <p className="text-muted">
          {t(exception.isOn ? 'switches.exceptions.isOn' : 'switches.exceptions.isOff')} {t(`switches.exceptions.because.${exception.because}`)}
        </p>
        <Choice label={t('switches.state')} value={decision} options={options} onChange={setDecision} />
        {decision === 'off' && <p className="text-xs text-warn">{t('switches.exceptions.offHint')}</p>}
        {decision === 'on' && <p className="text-xs text-muted">{t('switches.exceptions.onHint')}</p>}
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
        <Button onClick={onDone}>{t('common.back')}</Button>
        <Button type="submit" kind={decision === 'off' ? 'danger' : 'primary'} isBusy={change.isPending} disabled={reason.trim() === ''}>
          {t(decision === 'off' ? 'switches.exceptions.switchOff' : 'switches.apply')}
        </Button>
      </DialogActions>
    </form>
  )
}
