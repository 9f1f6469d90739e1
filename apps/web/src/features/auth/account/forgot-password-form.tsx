import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { MailSent } from './mail-sent.tsx'

export function ForgotPasswordForm() {
  const { t } = useTranslation()
  const ask = useMutation({
    mutationFn: async (email: string) => {
      await publicApi.auth.requestPasswordReset({ body: { email } })
      return email
    },
  })
  if (ask.data !== undefined) {
    const email = ask.data
    return <MailSent text={t('account.mailTextReset', { email })} onResend={() => publicApi.auth.requestPasswordReset({ body: { email } })} />
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate(formText(new FormData(event.currentTarget), 'email'))
      }}
    >
      {ask.error && <ProblemNote error={ask.error} />}
      <TextField
        label={t('auth.email')}
        error={fieldProblem(ask.error, 'email')}
        name="email"
        type="email"
        required
        autoFocus
        autoComplete="username"
        maxLength={254}
      />
      <Button type="submit" kind="primary" className="h-9" isBusy={ask.isPending}>
        {t('account.sendLink')}
      </Button>
    </form>
  )
}
