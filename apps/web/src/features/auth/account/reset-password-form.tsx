import { ProblemError } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { endSession } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'
import { useLinkToken } from './link-token.ts'

export function ResetPasswordForm() {
  const { t } = useTranslation()
  const token = useLinkToken()
  const reset = useMutation({
    mutationFn: (password: string) => publicApi.auth.resetPassword({ body: { token, password } }),
    onSuccess: () => endSession('by-person'),
  })
  if (reset.isSuccess)
    return (
      <p role="status" className="text-base text-ink">
        {t('account.resetDone')}
      </p>
    )
  const fieldError = explainField(reset.error, 'password', t)
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        reset.mutate(formText(new FormData(event.currentTarget), 'password'))
      }}
    >
      {reset.error && !(reset.error instanceof ProblemError && reset.error.problem.errors) && <ProblemNote error={reset.error} />}
      <PasswordField purpose="new-password" label={t('account.newPassword')} hint={t('auth.passwordHint')} error={fieldError} />
      <Button type="submit" kind="primary" className="h-9" isBusy={reset.isPending}>
        {t('account.savePassword')}
      </Button>
    </form>
  )
}
