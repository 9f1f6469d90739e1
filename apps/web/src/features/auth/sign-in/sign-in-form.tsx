import type { SecondFactorNeeded, SignedIn } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { beginSession } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SingleSignOn } from '../sso/single-sign-on.tsx'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { PasswordField } from './password-field.tsx'
import { SecondFactorStep } from './second-factor-step.tsx'

interface SignInFormProps {
  onSignedIn: () => void
  /** Where single sign-on leads when it comes back. */
  returnTo?: string | undefined
  /** Whose account it is about, where that is known: then there is no other way in than their own. */
  email?: string
}

/** Password, then the second factor of who has one; or a passkey alone, or single sign-on. */
export function SignInForm({ onSignedIn, returnTo = '/', email }: SignInFormProps) {
  const { t } = useTranslation()
  const [needed, setNeeded] = useState<SecondFactorNeeded | null>(null)
  const enter = (signedIn: SignedIn) => {
    beginSession(signedIn)
    onSignedIn()
  }
  const signIn = useMutation({
    mutationFn: (form: FormData) => publicApi.auth.signIn({ body: { email: formText(form, 'email'), password: formText(form, 'password') } }),
    onSuccess: (answer) => (answer.status === 'signed-in' ? enter(answer) : setNeeded(answer)),
  })
  if (needed) return <SecondFactorStep needed={needed} onSignedIn={enter} onBack={() => setNeeded(null)} />
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate(new FormData(event.currentTarget))
        }}
      >
        {signIn.error && <ProblemNote error={signIn.error} />}
        <TextField label={t('auth.email')} name="email" type="email" required autoFocus defaultValue={email} autoComplete="username" maxLength={254} />
        <PasswordField purpose="current-password" />
        <Button type="submit" kind="primary" className="h-9" isBusy={signIn.isPending}>
          {t('auth.signIn')}
        </Button>
      </form>
      <PasskeySignIn onSignedIn={enter} />
      {email === undefined && <SingleSignOn returnTo={returnTo} />}
    </div>
  )
}
