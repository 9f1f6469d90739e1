import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'

/** For the operator: the only owner of an organisation has nobody else to ask. */
export function ResetFactorsForm() {
  const { t } = useTranslation()
  const reset = useCommand({ run: (email: string) => api.auth.requestFactorResetAsOperator({ body: { email } }) })
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        reset.mutate(formText(new FormData(event.currentTarget), 'email'))
      }}
    >
      {reset.error && <ProblemNote error={reset.error} />}
      <TextField label={t('auth.email')} error={fieldProblem(reset.error, 'email')} name="email" type="email" required autoComplete="off" maxLength={254} />
      <Button type="submit" kind="danger" className="self-start" isBusy={reset.isPending}>
        {t('switches.lostFactors.action')}
      </Button>
      <p role="status" className="text-muted">
        {reset.data && (
          <>
            {t('switches.lostFactors.done')} <Time at={reset.data.resetsAt} form="full" />
          </>
        )}
      </p>
    </form>
  )
}
