import type { AcceptedInvitation, AcceptInvitation, InvitationPreview } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { inTurn, publicApi, signOut } from '../../../lib/session/refresh.ts'
import { beginSession, tellOtherTabs } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { PasswordField } from '../sign-in/password-field.tsx'

interface JoinFormProps {
  token: string
  preview: InvitationPreview
  /** Joined, but not signed in. */
  onJoined: (accepted: AcceptedInvitation) => void
}

export function JoinForm({ token, preview, onJoined }: JoinFormProps) {
  const { t, i18n } = useTranslation()
  const accept = useMutation({
    mutationFn: (newPerson: AcceptInvitation['newPerson']) =>
      inTurn(async () => {
        const accepted = await publicApi.auth.acceptInvitation({ body: { token, ...(newPerson ? { newPerson } : {}) } })
        if (accepted.signedIn) beginSession(accepted.signedIn)
        return accepted
      }),
    onSuccess: (accepted) => {
      if (!accepted.signedIn) return onJoined(accepted)
      tellOtherTabs('switched')
      location.assign('/')
    },
  })
  const { email, signedInAs } = preview
  if (email !== null && signedInAs !== null && signedInAs !== email) return <OtherAddress email={email} current={signedInAs} />
  const problem = accept.error && <ProblemNote error={accept.error} />
  if (preview.needs === 'nothing')
    return (
      <>
        {problem}
        <Button kind="primary" className="h-9" isBusy={accept.isPending || accept.isSuccess} onClick={() => accept.mutate(undefined)}>
          {t('joining.joinAs', { email: signedInAs ?? email ?? '' })}
        </Button>
      </>
    )
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        accept.mutate({ name: formText(form, 'name'), password: formText(form, 'password'), locale: i18n.language === 'ru' ? 'ru' : 'en' })
      }}
    >
      {problem}
      <p className="text-muted">{t('joining.yourAddress', { email: email ?? '' })}</p>
      <input type="hidden" name="username" autoComplete="username" value={email ?? ''} />
      <TextField
        label={t('auth.name')}
        name="name"
        required
        autoFocus
        autoComplete="name"
        maxLength={100}
        error={fieldProblem(accept.error, 'newPerson/name')}
      />
      <PasswordField purpose="new-password" hint={t('auth.passwordHint')} error={fieldProblem(accept.error, 'newPerson/password')} />
      <Button type="submit" kind="primary" className="h-9" isBusy={accept.isPending || accept.isSuccess}>
        {t('joining.create')}
      </Button>
    </form>
  )
}

function OtherAddress({ email, current }: { email: string; current: string }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="text-muted">{t('joining.otherAddress', { email, current })}</p>
      <Button className="h-9" onClick={() => void signOut().finally(() => location.reload())}>
        {t('joining.signOut')}
      </Button>
    </>
  )
}
