import { ProblemError, type Locale } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { explainField, fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { MailSent } from '../account/mail-sent.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

const bodyOf = (form: FormData, locale: Locale) => ({
  organizationName: formText(form, 'organizationName'),
  name: formText(form, 'name'),
  email: formText(form, 'email'),
  password: formText(form, 'password'),
  locale,
})

/** The language is that of the page, which is chosen above the form. */
export function SignUpForm() {
  const { t, i18n } = useTranslation()
  const locale: Locale = i18n.language === 'ru' ? 'ru' : 'en'
  const signUp = useMutation({
    mutationFn: async (form: FormData) => {
      const body = bodyOf(form, locale)
      await publicApi.auth.signUp({ body })
      return body.email
    },
  })
  if (signUp.data !== undefined) {
    const email = signUp.data
    return (
      <MailSent text={t('account.mailText', { email })} onResend={() => publicApi.auth.resendSignUpMail({ body: { email } })}>
        <Button kind="quiet" className="h-9" onClick={() => signUp.reset()}>
          {t('account.otherAddress')}
        </Button>
      </MailSent>
    )
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        signUp.mutate(new FormData(event.currentTarget))
      }}
    >
      {signUp.error && !(signUp.error instanceof ProblemError && signUp.error.problem.errors) && <ProblemNote error={signUp.error} />}
      <TextField
        label={t('auth.organization')}
        hint={t('auth.organizationHint')}
        error={fieldProblem(signUp.error, 'organizationName')}
        name="organizationName"
        required
        autoFocus
        autoComplete="organization"
        maxLength={100}
      />
      <TextField label={t('auth.name')} error={fieldProblem(signUp.error, 'name')} name="name" required autoComplete="name" maxLength={100} />
      <TextField
        label={t('auth.email')}
        error={fieldProblem(signUp.error, 'email')}
        name="email"
        type="email"
        required
        autoComplete="username"
        maxLength={254}
      />
      <PasswordField purpose="new-password" hint={t('auth.passwordHint')} error={explainField(signUp.error, 'password', t)} />
      <Button type="submit" kind="primary" className="h-9" isBusy={signUp.isPending}>
        {t('auth.signUp')}
      </Button>
    </form>
  )
}
