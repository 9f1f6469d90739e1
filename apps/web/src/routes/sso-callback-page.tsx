import type { SignedIn, SsoOutcome } from '@ai-crm/contracts'
import { useMutation } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthFrame } from '../features/auth/frame/auth-frame.tsx'
import { SecondFactorStep } from '../features/auth/sign-in/second-factor-step.tsx'
import { StepUpDialog } from '../features/auth/step-up/step-up-dialog.tsx'
import { SignInForm } from '../features/auth/sign-in/sign-in-form.tsx'
import { PROVIDER_NAMES } from '../features/auth/sso/queries.ts'
import { readCallback } from '../features/auth/sso/read-callback.ts'
import { api } from '../lib/api/api.ts'
import { publicApi } from '../lib/session/refresh.ts'
import { beginSession, mayHaveSession } from '../lib/session/session-store.ts'
import { ProblemNote } from '../ui/problem.tsx'
import { SkeletonRows } from '../ui/states.tsx'
import { showToast } from '../ui/toast-store.ts'

/** Where the provider sends the browser back to. The code leaves the address, and so the history, at once. */
export function SsoCallbackPage() {
  const { t } = useTranslation()
  const { history } = useRouter()
  const hasBegun = useRef(false)
  const goTo = (path: string) => history.replace(path)
  const enter = (signedIn: SignedIn, returnTo: string) => {
    beginSession(signedIn)
    goTo(returnTo)
  }
  const finish = useMutation({
    mutationFn: (search: string) => publicApi.auth.finishSso({ body: readCallback(search) }),
    onSuccess: (outcome) => {
      if (outcome.status === 'signed-in') enter(outcome, outcome.returnTo)
      if (outcome.status === 'tested') goTo('/settings/single-sign-on')
    },
  })
  const { mutate } = finish
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    const { search } = location
    window.history.replaceState(window.history.state, '', location.pathname)
    mutate(search)
  }, [mutate])

  const outcome = finish.data
  // Whoever was to confirm something has a session still: nothing leads to the sign-in page.
  const isSignedIn = mayHaveSession()
  if (finish.error)
    return (
      <AuthFrame title={t('sso.callback.failedTitle')} text={t('sso.callback.failedText')}>
        <ProblemNote error={finish.error} />
        <p className="text-center">
          <Link to={isSignedIn ? '/' : '/sign-in'} className="font-medium text-accent-text hover:underline">
            {t(isSignedIn ? 'sso.callback.stay' : 'sso.callback.again')}
          </Link>
        </p>
      </AuthFrame>
    )
  if (outcome?.status === 'link-needed') return <LinkStep outcome={outcome} onDone={() => goTo(outcome.returnTo)} />
  return (
    <AuthFrame title={t('sso.callback.title')} text={t('sso.callback.text')}>
      {outcome?.status === 'second-factor-needed' ? (
        <SecondFactorStep needed={outcome} onSignedIn={(signedIn) => enter(signedIn, outcome.returnTo)} onBack={() => goTo('/sign-in')} />
      ) : (
        <SkeletonRows count={2} label={t('common.loading')} />
      )}
    </AuthFrame>
  )
}

/** The person proves that the account is theirs by signing in to it; then the two are connected. */
function LinkStep({ outcome, onDone }: { outcome: Extract<SsoOutcome, { status: 'link-needed' }>; onDone: () => void }) {
  const { t } = useTranslation()
  const { ticket, email } = outcome
  const provider = PROVIDER_NAMES[outcome.provider]
  const link = useMutation({
    mutationFn: () => api.auth.linkIdentity({ body: { ticket } }),
    onSuccess: () => {
      showToast({ kind: 'done', text: t('sso.callback.linked', { provider }) })
      onDone()
    },
  })
  return (
    <AuthFrame title={t('sso.callback.linkTitle')} text={t('sso.callback.linkText', { email, provider })}>
      {link.isPending && <StepUpDialog />}
      {link.error ? <ProblemNote error={link.error} /> : <SignInForm returnTo={outcome.returnTo} email={email} onSignedIn={() => link.mutate()} />}
    </AuthFrame>
  )
}
