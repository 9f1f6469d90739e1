import type { Webhook, WebhookSecret } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'

interface Done {
  onSecret: (made: WebhookSecret) => void
  onDeleted: () => void
}

/** What one can do with a webhook. Each says how it went; a newer version is fetched and shown. */
export function useWebhookCommands({ id: webhookId, version }: Webhook, { onSecret, onDeleted }: Done) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const refetch = () => void cache.invalidateQueries({ queryKey: ['webhook'] })
  const say = (text: string) => {
    refetch()
    showToast({ kind: 'done', text })
  }
  const onError = (error: Error) => {
    refetch()
    showToast({ kind: 'problem', text: isStatus(error, 412) ? t('webhooks.newer') : explain(error, t) })
  }
  const params = { webhookId }
  return {
    ping: useCommand({
      run: (_: undefined, idempotencyKey) => api.webhook.pingWebhook({ params, idempotencyKey }),
      onSuccess: () => say(t('webhooks.pinged')),
      onError,
    }),
    switchTo: useCommand({
      run: (isEnabled: boolean, idempotencyKey) => api.webhook.updateWebhook({ params, body: { isEnabled }, ifMatch: version, idempotencyKey }),
      onSuccess: ({ isEnabled }) => say(t(isEnabled ? 'webhooks.switchedOn' : 'webhooks.switchedOff')),
      onError,
    }),
    rotate: useCommand({
      run: (_: undefined) => api.webhook.rotateWebhookSecret({ params, ifMatch: version }),
      onSuccess: (made) => {
        refetch()
        onSecret(made)
      },
      onError,
    }),
    remove: useCommand({
      run: (_: undefined) => api.webhook.deleteWebhook({ params }),
      onSuccess: () => {
        onDeleted()
        say(t('webhooks.deleted'))
      },
      onError,
    }),
  }
}
