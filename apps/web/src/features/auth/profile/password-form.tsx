import { ProblemError } from '@ai-crm/contracts'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

export function PasswordForm() {
  const { t } = useTranslation()
  const { user } = useMe()
  const form = useRef<HTMLFormElement>(null)
  const change = useCommand({
    run: (given: FormData) =>
      api.auth.changePassword({ body: { currentPassword: formText(given, 'currentPassword'), newPassword: formText(given, 'newPassword') } }),
    onSuccess: () => form.current?.reset(),
  })
  return (
    <Section title={t('account.passwordTitle')} text={t('account.passwordText')}>
      <form
        ref={form}
        className="flex max-w-sm flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate(new FormData(event.currentTarget))
        }}
      >
        {change.error && !(change.error instanceof ProblemError && change.error.problem.errors) && <ProblemNote error={change.error} />}
        {/* Tells password managers whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          name="currentPassword"
          purpose="current-password"
          label={t('account.currentPassword')}
          error={explainField(change.error, 'currentPassword', t)}
        />
        <PasswordField
          name="newPassword"
          purpose="new-password"
          label={t('account.newPassword')}
          hint={t('auth.passwordHint')}
          error={explainField(change.error, 'newPassword', t)}
        />
        <div className="flex items-center gap-3">
          <Button type="submit" isBusy={change.isPending}>
            {t('account.changePassword')}
          </Button>
          <span role="status" className="text-muted">
            {change.isSuccess ? t('account.passwordChanged') : ''}
          </span>
        </div>
      </form>
    </Section>
  )
}
