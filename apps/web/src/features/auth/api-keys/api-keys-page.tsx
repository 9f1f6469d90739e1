import type { ApiKey, CreatedApiKey } from '@ai-crm/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { ApiKeyRow } from './api-key-row.tsx'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { apiKeysQuery } from './queries.ts'

/** `creating`: the form is open; a created key: its secret is shown, once. */
type Making = 'creating' | CreatedApiKey | null

export function ApiKeysPage() {
  const { t } = useTranslation()
  const [making, setMaking] = useState<Making>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const { data, error, refetch } = useQuery(apiKeysQuery)
  const createButton = (
    <Button kind="primary" icon={<Plus />} onClick={() => setMaking('creating')}>
      {t('apiKeys.create')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('apiKeys.title')} text={t('apiKeys.text')} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
      {data?.items.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<KeyRound />} title={t('apiKeys.none')} text={t('apiKeys.noneText')}>
            {createButton}
          </EmptyState>
        </div>
      )}
      {data && data.items.length > 0 && (
        <>
          <div>{createButton}</div>
          <ul aria-label={t('apiKeys.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {data.items.map((apiKey) => (
              <ApiKeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => setRevoking(apiKey)} />
            ))}
          </ul>
        </>
      )}
      <CreateKeyDialog isOpen={making === 'creating'} onClose={() => setMaking((now) => (now === 'creating' ? null : now))} onCreated={setMaking} />
      <SecretDialog secret={making === null || making === 'creating' ? null : making.secret} onClose={() => setMaking(null)} />
      <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </div>
  )
}

function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('apiKeys.created')} isOpen={secret !== null} onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{t('apiKeys.createdText')}</p>
        <CopyBlock label={t('apiKeys.secret')} text={secret ?? ''} />
        <p className="text-xs font-medium text-muted">{t('apiKeys.usage')}</p>
        <CopyBlock label={t('apiKeys.usage')} text={`curl -H "Authorization: Bearer ${secret ?? ''}" ${location.origin}/api/v1/contacts`} />
      </DialogBody>
      <DialogActions>
        <Button kind="primary" onClick={onClose}>
          {t('apiKeys.done')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const revoke = useCommand({
    run: (keyId: string) => api.auth.revokeApiKey({ params: { keyId } }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey })
      showToast({ kind: 'done', text: t('apiKeys.revoked') })
      onClose()
    },
    onError: () => showToast({ kind: 'problem', text: t('problems.unknown') }),
  })
  return (
    <Confirm
      isOpen={apiKey !== null}
      title={t('apiKeys.revokeTitle', { name: apiKey?.name ?? '' })}
      text={t('apiKeys.revokeText')}
      action={t('apiKeys.revoke')}
      isBusy={revoke.isPending}
      onConfirm={() => apiKey && revoke.mutate(apiKey.id)}
      onClose={onClose}
    />
  )
}
