import type { Webhook } from '@ai-crm/contracts'
import { CircleOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { fullTime, regionalLocale } from '../../../lib/time/format.ts'
import { healthOf } from './queries.ts'

/** Why nothing is sent, or why that is near, and how to go on. */
export function OffNotice({ webhook }: { webhook: Webhook }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const at = webhook.disabledAt === null ? '' : fullTime(webhook.disabledAt, locale)
  const since = webhook.failingSince === null ? '' : fullTime(webhook.failingSince, locale)
  const health = healthOf(webhook)
  if (health === 'new' || health === 'working') return null
  if (health === 'failing')
    return <p className="rounded-xl border border-warn-line bg-warn-soft px-3.5 py-3 text-pretty">{t('webhooks.failingText', { since })}</p>
  if (health === 'off')
    return (
      <div className="rounded-xl border border-line bg-canvas px-3.5 py-3">
        <p className="font-medium">{t('webhooks.offTitle')}</p>
        <p className="text-muted text-pretty">{t('webhooks.offText')}</p>
      </div>
    )
  const isGone = webhook.disabledReason === 'gone'
  return (
    <div role="alert" className="flex items-start gap-2.5 rounded-xl border border-danger-line bg-danger-soft px-3.5 py-3">
      <CircleOff aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-col gap-2 text-pretty">
        <p className="font-medium">{t(isGone ? 'webhooks.goneTitle' : 'webhooks.failingTitle')}</p>
        <p>{isGone ? t('webhooks.goneText', { at }) : t('webhooks.failingOffText', { since, at })}</p>
        <p className="font-medium">{t('webhooks.goOn')}</p>
        <ol className="flex list-decimal flex-col gap-1 pl-5">
          <li>{t('webhooks.goOnMend')}</li>
          <li>{t('webhooks.goOnSwitch')}</li>
          <li>{t('webhooks.goOnMissed')}</li>
        </ol>
      </div>
    </div>
  )
}
