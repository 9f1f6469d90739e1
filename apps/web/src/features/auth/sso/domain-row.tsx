import type { EmailDomain, SsoConnection } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Choice } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { useSsoCommand } from './use-sso-command.ts'

const NONE = 'none'

export function DomainRow({ domain, connections }: { domain: EmailDomain; connections: readonly SsoConnection[] }) {
  const { t } = useTranslation()
  const [isAsking, setIsAsking] = useState(false)
  const { id, name, verifiedAt, lapsesAt, lapsedAt } = domain
  const params = { domainId: id }
  const close = () => setIsAsking(false)
  const remove = useSsoCommand({ run: () => api.auth.removeEmailDomain({ params }), onSuccess: close })
  const choose = useSsoCommand({
    run: (value: string) => api.auth.setDomainConnection({ params, body: { connectionId: value === NONE ? null : value } }),
    done: t('common.saved'),
  })
  const error = remove.error ?? choose.error
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="font-medium">{name}</p>
        <DomainState domain={domain} />
        <Button kind="danger" className="ml-auto" aria-label={`${t('sso.domains.remove')}: ${name}`} onClick={() => setIsAsking(true)}>
          {t('sso.domains.remove')}
        </Button>
      </div>
      {error && <ProblemNote error={error} />}
      {lapsesAt !== null && (
        <p className="max-w-prose text-warn text-pretty">
          {t('sso.domains.failingText')} <Time at={lapsesAt} form="full" />
        </p>
      )}
      {lapsedAt !== null && <p className="max-w-prose text-warn text-pretty">{t('sso.domains.lapsedText')}</p>}
      {(verifiedAt === null || lapsesAt !== null) && <ProofOfDomain domain={domain} />}
      {connections.length > 0 && (
        <Choice
          label={t('sso.domains.connection', { name: `@${name}` })}
          value={domain.connectionId ?? NONE}
          options={[{ value: NONE, label: t('sso.domains.noConnection') }, ...connections.map((each) => ({ value: each.id, label: each.name }))]}
          onChange={(value) => choose.mutate(value)}
          disabled={choose.isPending}
        />
      )}
      <Confirm
        isOpen={isAsking}
        title={t('sso.domains.removeTitle', { name })}
        text={t('sso.domains.removeText')}
        action={t('sso.domains.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onError: close })}
        onClose={close}
      />
    </li>
  )
}

function DomainState({ domain: { verifiedAt, lapsesAt, lapsedAt } }: { domain: EmailDomain }) {
  const { t } = useTranslation()
  if (lapsesAt !== null) return <Badge tone="danger">{t('sso.domains.failing')}</Badge>
  if (lapsedAt !== null) return <Badge tone="danger">{t('sso.domains.lapsed')}</Badge>
  return verifiedAt === null ? <Badge tone="warn">{t('sso.domains.waiting')}</Badge> : <Badge tone="ok">{t('sso.domains.proven')}</Badge>
}

function ProofOfDomain({ domain: { id, name, record } }: { domain: EmailDomain }) {
  const { t } = useTranslation()
  const verify = useSsoCommand({ run: () => api.auth.verifyEmailDomain({ params: { domainId: id } }), done: t('sso.domains.verified', { name }) })
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-prose text-muted text-pretty">{t('sso.domains.how', { name })}</p>
      {[
        { label: t('sso.domains.recordName'), text: record.name },
        { label: t('sso.domains.recordValue'), text: record.value },
      ].map(({ label, text }) => (
        <div key={label} className="flex flex-col gap-1.5">
          <p className="text-xs font-medium text-muted">{label}</p>
          <CopyBlock label={label} text={text} />
        </div>
      ))}
      {verify.error && <ProblemNote error={verify.error} />}
      <div>
        <Button kind="primary" isBusy={verify.isPending} onClick={() => verify.mutate(undefined)}>
          {t('sso.domains.check')}
        </Button>
      </div>
    </div>
  )
}
