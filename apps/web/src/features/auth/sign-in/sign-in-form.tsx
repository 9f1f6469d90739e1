import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { adoptLocale } from '../../../lib/i18n/i18n.ts'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { beginSession } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { PasswordField } from './password-field.tsx'

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation()
  const signIn = useMutation({
    mutationFn: (form: FormData) => publicApi.auth.signIn({ body: { email: formText(form, 'email'), password: formText(form, 'password') } }),
    onSuccess: async (signedIn) => {
      if (signedIn.status !== 'signed-in') return
      beginSession(signedIn)
      await adoptLocale(signedIn.me.user.locale)
      onSignedIn()
    },
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate(new FormData(event.currentTarget))
      }}
    >
      {signIn.error && <ProblemNote error={signIn.error} />}
      <TextField label={t('auth.email')} name="email" type="email" required autoFocus autoComplete="username" maxLength={254} />
      <PasswordField purpose="current-password" />
      <Button type="submit" kind="primary" className="h-9" isBusy={signIn.isPending}>
        {t('auth.signIn')}
      </Button>
    </form>
  )
}
