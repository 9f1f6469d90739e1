import { ProblemError } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField, fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { RelayNote } from '../account/mail-sent.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

export function EmailForm() {
  const { t } = useTranslation()
  const { user } = useMe()
  const change = useCommand({
    run: async (form: FormData) => {
      const newEmail = formText(form, 'newEmail')
      await api.auth.requestEmailChange({ body: { newEmail, currentPassword: formText(form, 'currentPassword') } })
      return newEmail
    },
  })
  return (
    <Section title={t('account.emailTitle')} text={t('account.emailText', { email: user.email })}>
      {change.data === undefined ? (
        <form
          className="flex max-w-sm flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            change.mutate(new FormData(event.currentTarget))
          }}
        >
          {change.error && !(change.error instanceof ProblemError && change.error.problem.errors) && <ProblemNote error={change.error} />}
          <TextField
            label={t('account.newEmail')}
            error={fieldProblem(change.error, 'newEmail')}
            name="newEmail"
            type="email"
            required
            maxLength={254}
            autoComplete="off"
          />
          <PasswordField
            name="currentPassword"
            purpose="current-password"
            label={t('account.currentPassword')}
            error={explainField(change.error, 'currentPassword', t)}
          />
          <div>
            <Button type="submit" isBusy={change.isPending}>
              {t('account.changeEmail')}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <p role="status" className="text-ink">
            {t('account.emailSent', { email: change.data })}
          </p>
          <RelayNote />
        </>
      )}
    </Section>
  )
}
