import type { ApiKey } from '@ai-crm/contracts'
import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'

export function ApiKeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation()
  const { name, prefix, state, createdBy, lastUsedAt, expiresAt, permissions } = apiKey
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <KeyRound aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {name}
          <code className="font-mono text-xs font-normal text-muted">{prefix}…</code>
          {state !== 'active' && <Badge tone="warn">{t(`apiKeys.states.${state}`)}</Badge>}
        </p>
        <p className="text-xs text-muted">
          {lastUsedAt === null ? (
            t('apiKeys.neverUsed')
          ) : (
            <>
              {t('apiKeys.lastUsed')} <Time at={lastUsedAt} form="relative" />
            </>
          )}
          {createdBy.name !== null && ` · ${t('apiKeys.by', { name: createdBy.name })}`}
          {expiresAt !== null && (
            <>
              {` · ${t('apiKeys.until')} `}
              <Time at={expiresAt} />
            </>
          )}
        </p>
        <p className="truncate font-mono text-2xs text-faint">{permissions.join(' ')}</p>
      </div>
      {state === 'active' && (
        <Button kind="danger" aria-label={`${t('apiKeys.revoke')}: ${name}`} onClick={onRevoke}>
          {t('apiKeys.revoke')}
        </Button>
      )}
    </li>
  )
}
