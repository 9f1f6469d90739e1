import type { Webhook } from '@ai-crm/contracts'
import { CircleAlert, CircleCheck, CircleDashed, CircleOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge, type BadgeTone } from '../../../ui/badge.tsx'
import { healthOf, type WebhookHealth } from './queries.ts'

const looks: Record<WebhookHealth, { tone: BadgeTone; icon: typeof CircleCheck }> = {
  new: { tone: 'neutral', icon: CircleDashed },
  working: { tone: 'ok', icon: CircleCheck },
  failing: { tone: 'warn', icon: CircleAlert },
  off: { tone: 'neutral', icon: CircleOff },
  broken: { tone: 'danger', icon: CircleOff },
}

export function HealthBadge({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const health = healthOf(webhook)
  const { tone, icon: Icon } = looks[health]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`webhooks.health.${health}`)}
    </Badge>
  )
}
