import type { SignInProvider } from '@ai-crm/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formText } from '../../../lib/form-text.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { publicApi } from '../../../lib/session/refresh.ts'
import { PROVIDER_NAMES, providersQuery } from './queries.ts'

/** Leaves for the provider; the page /sso/callback goes on. */
export const leaveFor = ({ authorizationUrl }: { authorizationUrl: string }): void => location.assign(authorizationUrl)

/** The ways in beside the password: providers of the installation, and the organisation's own. */
export function SingleSignOn({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const { data } = useQuery(providersQuery)
  const start = useMutation({ mutationFn: (provider: SignInProvider) => publicApi.auth.startSso({ body: { provider, returnTo } }), onSuccess: leaveFor })
  if (isOpen) return <WorkEmailForm returnTo={returnTo} onBack={() => setIsOpen(false)} />
  return (
    <>
      {start.error && <ProblemNote error={start.error} />}
      {data?.items.map((provider) => (
        <Button key={provider} className="h-9" isBusy={start.isPending && start.variables === provider} onClick={() => start.mutate(provider)}>
          {t('sso.signIn.withProvider', { provider: PROVIDER_NAMES[provider] })}
        </Button>
      ))}
      <Button className="h-9" icon={<Building2 />} onClick={() => setIsOpen(true)}>
        {t('sso.signIn.button')}
      </Button>
    </>
  )
}

function WorkEmailForm({ returnTo, onBack }: { returnTo: string; onBack: () => void }) {
  const { t } = useTranslation()
  const start = useMutation({ mutationFn: (email: string) => publicApi.auth.startSso({ body: { email, returnTo } }), onSuccess: leaveFor })
  return (
    <form
      className="flex flex-col gap-4 rounded-xl border border-line p-4"
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate(formText(new FormData(event.currentTarget), 'work-email'))
      }}
    >
      {start.error && <ProblemNote error={start.error} />}
      <TextField label={t('sso.signIn.email')} hint={t('sso.signIn.hint')} name="work-email" type="email" required autoFocus maxLength={254} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" isBusy={start.isPending || start.isSuccess}>
          {t('sso.signIn.go')}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t('sso.signIn.back')}
        </Button>
      </div>
    </form>
  )
}
