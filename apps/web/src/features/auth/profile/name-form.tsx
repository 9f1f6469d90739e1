import type { Locale } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText } from '../../../lib/form-text.ts'
import { LOCALES } from '../../../lib/i18n/locale.ts'
import { refreshAccessToken } from '../../../lib/session/refresh.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'

export function NameForm() {
  const { t } = useTranslation()
  const { user } = useMe()
  const [locale, setLocale] = useState<Locale>(user.locale)
  const save = useCommand({
    run: (name: string) => api.auth.updateProfile({ body: { name, locale } }),
    onSuccess: () => void refreshAccessToken(),
  })
  return (
    <Section title={t('account.profileTitle')} text={t('account.profileText')}>
      <form
        className="flex max-w-sm flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(formText(new FormData(event.currentTarget), 'name'))
        }}
      >
        {save.error && <ProblemNote error={save.error} />}
        <TextField
          label={t('auth.name')}
          error={fieldProblem(save.error, 'name')}
          name="name"
          required
          maxLength={100}
          autoComplete="name"
          defaultValue={user.name}
        />
        <Choice label={t('account.mailLanguage')} value={locale} options={LOCALES} onChange={setLocale} />
        <div className="flex items-center gap-3">
          <Button type="submit" isBusy={save.isPending}>
            {t('account.save')}
          </Button>
          <span role="status" className="text-muted">
            {save.isSuccess ? t('account.saved') : ''}
          </span>
        </div>
      </form>
    </Section>
  )
}
