import type { AcceptedInvitation, InvitationPreview } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthFrame } from '../features/auth/frame/auth-frame.tsx'
import { AskForm } from '../features/auth/invitations/ask-form.tsx'
import { JoinForm } from '../features/auth/invitations/join-form.tsx'
import { isStatus } from '../lib/api/explain.ts'
import { publicApi } from '../lib/session/refresh.ts'
import { ProblemNote } from '../ui/problem.tsx'

/** The secret stands behind the `#`, which browsers send to nobody. */
export function JoinPage() {
  const { t } = useTranslation()
  const token = location.hash.slice(1)
  const { data, error, refetch } = useQuery({
    queryKey: ['auth', 'invitation-preview', token],
    queryFn: ({ signal }) => publicApi.auth.previewInvitation({ body: { token }, signal }),
    gcTime: 0,
    // What it was for stays on the screen after it was accepted.
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data) return <Invited token={token} preview={data} />
  if (!error)
    return (
      <AuthFrame title={t('invitations.title')} text={t('joining.looking')}>
        {null}
      </AuthFrame>
    )
  if (!isStatus(error, 400, 404, 410))
    return (
      <AuthFrame title={t('invitations.title')} text="">
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </AuthFrame>
    )
  const why = isStatus(error, 410) ? 'over' : 'broken'
  return (
    <AuthFrame title={t(`joining.${why}`)} text={t(`joining.${why}Text`)}>
      <ToSignIn />
    </AuthFrame>
  )
}

function Invited({ token, preview }: { token: string; preview: InvitationPreview }) {
  const { t } = useTranslation()
  const [joined, setJoined] = useState<AcceptedInvitation | null>(null)
  const organization = preview.organizationName
  const invited = t('joining.text', { inviter: preview.inviterName, role: t(`settings.roles.${preview.role}`) })
  return (
    <AuthFrame title={t('joining.title', { organization })} text={joined ? t('joining.joined', { organization, email: joined.email }) : invited}>
      {joined && <ToSignIn />}
      {!joined && preview.needs === 'address' && <AskForm token={token} email={preview.email} />}
      {!joined && preview.needs !== 'address' && <JoinForm token={token} preview={preview} onJoined={setJoined} />}
    </AuthFrame>
  )
}

function ToSignIn() {
  const { t } = useTranslation()
  return (
    <Link to="/sign-in" className="font-medium text-accent-text hover:underline">
      {t('auth.signIn')}
    </Link>
  )
}
