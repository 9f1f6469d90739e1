import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { healthOf, webhooksQuery } from './queries.ts'

/** Ids of the webhooks that were switched off because they failed; none for who may not see webhooks. */
export function useBrokenWebhooks(): readonly string[] | undefined {
  const canRead = useCan('webhook.subscription.read')
  const { data } = useQuery({ ...webhooksQuery, enabled: canRead })
  return data?.items.filter((webhook) => healthOf(webhook) === 'broken').map(({ id }) => id)
}

/** Says so on whatever page is open when one is switched off. Mounted once, by the shell. */
export function useBrokenWebhookToast(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const broken = useBrokenWebhooks()
  const known = useRef<readonly string[]>(undefined)
  useEffect(() => {
    if (!broken) return
    const [id, ...others] = known.current ? broken.filter((each) => !known.current?.includes(each)) : []
    known.current = broken
    if (id === undefined) return
    showToast({
      kind: 'problem',
      text: t('webhooks.alert', { count: others.length + 1 }),
      action: { label: t('webhooks.alertOpen'), run: () => void navigate({ to: '/settings/webhooks/$webhookId', params: { webhookId: id } }) },
    })
  }, [broken, navigate, t])
}
