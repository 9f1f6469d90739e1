import type { SsoConnection } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { useSsoCommand } from './use-sso-command.ts'

/** One thing at a time: the next step of a connection is its primary button. */
export function ConnectionRow({ connection, onEdit }: { connection: SsoConnection; onEdit: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'disable' | 'remove' | null>(null)
  const { id, name, issuer, isEnabled, test: tested } = connection
  const params = { connectionId: id }
  const test = useSsoCommand({ run: () => api.auth.testSsoConnection({ params }), onSuccess: ({ authorizationUrl }) => location.assign(authorizationUrl) })
  const enable = useSsoCommand({ run: () => api.auth.enableSsoConnection({ params }) })
  const close = () => setAsking(null)
  const disable = useSsoCommand({ run: () => api.auth.disableSsoConnection({ params }), onSuccess: close })
  const remove = useSsoCommand({ run: () => api.auth.deleteSsoConnection({ params }), onSuccess: close })
  const error = test.error ?? enable.error ?? disable.error ?? remove.error
  const isReady = tested !== null && tested.problem === null
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <p className="font-medium">{name}</p>
        <Badge tone={isEnabled ? 'ok' : 'neutral'}>{isEnabled ? t('sso.connections.enabled') : t('sso.connections.disabled')}</Badge>
        <TestBadge tested={tested} />
        <p className="w-full truncate font-mono text-xs text-muted">{issuer}</p>
      </div>
      {tested?.problem && <TestProblem problem={tested.problem} at={tested.at} />}
      {error && <ProblemNote error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button kind={isReady ? 'plain' : 'primary'} isBusy={test.isPending || test.isSuccess} onClick={() => test.mutate(undefined)}>
          {t('sso.connections.test')}
        </Button>
        {!isEnabled && (
          <Button kind={isReady ? 'primary' : 'plain'} disabled={!isReady} isBusy={enable.isPending} onClick={() => enable.mutate(undefined)}>
            {t('sso.connections.enable')}
          </Button>
        )}
        <Button onClick={onEdit}>{t('sso.connections.edit')}</Button>
        {isEnabled && <Button onClick={() => setAsking('disable')}>{t('sso.connections.disable')}</Button>}
        <Button kind="danger" onClick={() => setAsking('remove')}>
          {t('sso.connections.remove')}
        </Button>
      </div>
      <Confirm
        isOpen={asking !== null}
        title={asking === 'remove' ? t('sso.connections.removeTitle', { name }) : t('sso.connections.disableTitle', { name })}
        text={asking === 'remove' ? t('sso.connections.removeText') : t('sso.connections.disableText')}
        action={asking === 'remove' ? t('sso.connections.remove') : t('sso.connections.disable')}
        isBusy={disable.isPending || remove.isPending}
        onConfirm={() => (asking === 'remove' ? remove : disable).mutate(undefined, { onError: close })}
        onClose={close}
      />
    </li>
  )
}

function TestBadge({ tested }: { tested: SsoConnection['test'] }) {
  const { t } = useTranslation()
  if (tested === null) return <Badge tone="warn">{t('sso.connections.untested')}</Badge>
  return tested.problem === null ? <Badge tone="ok">{t('sso.connections.good')}</Badge> : <Badge tone="danger">{t('sso.connections.bad')}</Badge>
}

const KNOWN = ['email_unverified', 'domain_not_proven', 'provider_refused', 'answer_refused', 'provider_unreachable', 'changed_meanwhile'] as const

/** What to mend, where it is to be mended. */
function TestProblem({ problem, at }: { problem: string; at: string }) {
  const { t } = useTranslation()
  const known = KNOWN.find((each) => each === problem)
  return (
    <p className="max-w-prose text-sm text-danger">
      {known ? t(`sso.problems.${known}`) : t('sso.problems.other', { code: problem })}{' '}
      <span className="text-muted">
        <Time at={at} form="relative" />
      </span>
    </p>
  )
}
