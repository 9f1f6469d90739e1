import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { publicApi } from '../../../lib/session/refresh.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'

/** For whoever has a shared link: the mail proves the address, which is `email` where the link is for one. */
export function AskForm({ token, email }: { token: string; email: string | null }) {
  const { t } = useTranslation()
  const ask = useMutation({ mutationFn: (email: string) => publicApi.auth.askForInvitation({ body: { token, email } }) })
  if (ask.isSuccess)
    return (
      <p role="status" className="text-base">
        {t('joining.asked')}
      </p>
    )
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate(formText(new FormData(event.currentTarget), 'email'))
      }}
    >
      {ask.error && <ProblemNote error={ask.error} />}
      <p className="text-muted">{t('joining.askText')}</p>
      <TextField
        label={t('auth.email')}
        name="email"
        type="email"
        required
        autoFocus
        defaultValue={email ?? ''}
        readOnly={email !== null}
        maxLength={254}
        error={fieldProblem(ask.error, 'email')}
      />
      <Button type="submit" kind="primary" className="h-9" isBusy={ask.isPending}>
        {t('joining.ask')}
      </Button>
      <p className="text-center text-muted">{t('joining.haveAccount')}</p>
    </form>
  )
}
