import type { Invitation } from '@ai-crm/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Badge, type BadgeTone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { ShownLink } from './invite-by-link.tsx'

const tones: Readonly<Record<Invitation['state'], BadgeTone>> = { open: 'accent', accepted: 'ok', revoked: 'neutral', expired: 'warn' }

export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const { kind, email, domain, role, state, uses, maxUses, expiresAt } = invitation
  const bound = email !== null && kind === 'link' ? t('invitations.linkFor', { email }) : email
  const who = bound ?? (domain === null ? t('invitations.everyone') : t('invitations.ofDomain', { domain }))
  const { resend, revoke, makeLink } = useInvitationCommands(invitation)
  const isAlive = state === 'open' || (state === 'expired' && kind === 'email')
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium">{who}</p>
          <p className="text-xs text-faint">
            {t(`settings.roles.${role}`)}
            {kind === 'link' && ` · ${t('invitations.used', { uses, maxUses })}`} · {t('invitations.validUntil')} <Time at={expiresAt} />
          </p>
        </div>
        <Badge tone={tones[state]}>{t(`invitations.states.${state}`)}</Badge>
        {isAlive && kind === 'email' && (
          <Button aria-label={`${t('invitations.resend')}: ${who}`} isBusy={resend.isPending} onClick={() => resend.mutate(invitation.id)}>
            {t('invitations.resend')}
          </Button>
        )}
        {isAlive && kind === 'link' && (
          <Button aria-label={`${t('invitations.newLink')}: ${who}`} isBusy={makeLink.isPending} onClick={() => makeLink.mutate()}>
            {t('invitations.newLink')}
          </Button>
        )}
        {isAlive && (
          <Button kind="danger" aria-label={`${t('invitations.revoke')}: ${who}`} isBusy={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('invitations.revoke')}
          </Button>
        )}
      </div>
      {makeLink.data && <ShownLink link={makeLink.data.link} />}
    </li>
  )
}

function useInvitationCommands({ id: invitationId, email }: Invitation) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const refetch = () => void cache.invalidateQueries({ queryKey: ['auth', 'invitations'] })
  const onError = (error: Error) => showToast({ kind: 'problem', text: explain(error, t) })
  const done = (text: string) => {
    refetch()
    showToast({ kind: 'done', text })
  }
  return {
    resend: useCommand({
      run: (id: string, idempotencyKey) => api.auth.resendInvitation({ params: { invitationId: id }, idempotencyKey }),
      onSuccess: () => done(t('invitations.sent', { email: email ?? '' })),
      onError,
    }),
    revoke: useMutation({
      mutationFn: () => api.auth.revokeInvitation({ params: { invitationId } }),
      onSuccess: () => done(t('invitations.revoked')),
      onError,
    }),
    makeLink: useMutation({ mutationFn: () => api.auth.makeInvitationLink({ params: { invitationId } }), onError }),
  }
}
