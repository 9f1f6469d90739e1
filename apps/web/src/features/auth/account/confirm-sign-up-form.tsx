import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField, hasCode } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { beginSession } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'
import { useLinkToken } from './link-token.ts'

/** A press, not the visit, uses the link: programs that look at mails open links too. `children` are ways out when it is over. */
export function ConfirmSignUpForm({ onSignedIn, children }: { onSignedIn: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  const token = useLinkToken()
  const confirm = useMutation({
    mutationFn: (form: FormData) => {
      const password = formText(form, 'password')
      return publicApi.auth.confirmSignUp({ body: { token, ...(password === '' ? {} : { password }) } })
    },
    onSuccess: (signedIn) => {
      beginSession(signedIn)
      onSignedIn()
    },
  })
  const isWrong = hasCode(confirm.error, 'auth.password.wrong')
  const needsPassword = isWrong || hasCode(confirm.error, 'auth.sign_up.password_needed')
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate(new FormData(event.currentTarget))
      }}
    >
      {confirm.error && !needsPassword && <ProblemNote error={confirm.error} />}
      {needsPassword && (
        <>
          <p role="status" className="text-ink">
            {t('account.confirmPassword')}
          </p>
          <PasswordField purpose="current-password" error={isWrong ? explainField(confirm.error, 'password', t) : undefined} />
        </>
      )}
      <Button type="submit" kind="primary" className="h-9" autoFocus isBusy={confirm.isPending}>
        {t('account.confirm')}
      </Button>
      {confirm.error && !needsPassword && children}
    </form>
  )
}
