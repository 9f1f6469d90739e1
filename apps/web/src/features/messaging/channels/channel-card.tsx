import type { Channel } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, CircleDashed, Mailbox, Server } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { curlCommand, swaksCommand } from '../../../lib/mail/first-email-command.ts'
import { Badge, type BadgeTone } from '../../../ui/badge.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Card } from '../../../ui/page.tsx'
import { Time } from '../../../ui/time.tsx'
import { ChannelForm } from './channel-form.tsx'

const healthLooks: Record<Channel['health']['status'], { tone: BadgeTone; icon: typeof CircleCheck }> = {
  ok: { tone: 'ok', icon: CircleCheck },
  failing: { tone: 'danger', icon: CircleAlert },
  unused: { tone: 'neutral', icon: CircleDashed },
}

function Health({ health }: { health: Channel['health'] }) {
  const { t } = useTranslation()
  const facts = [
    { label: t('channels.lastIn'), at: health.lastInboundAt },
    { label: t('channels.lastOut'), at: health.lastOutboundAt },
  ]
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {facts.map(({ label, at }) => (
        <div key={label}>
          <dt className="text-xs text-faint">{label}</dt>
          <dd>{at ? <Time at={at} form="relative" /> : t('channels.never')}</dd>
        </div>
      ))}
      {health.lastError && (
        <div className="w-full">
          <dt className="text-xs text-faint">{t('channels.lastError')}</dt>
          <dd className="break-words text-danger">{health.lastError}</dd>
        </div>
      )}
    </dl>
  )
}

/** Says plainly whether replies reach the world or the mailbox that stands in for it. */
function Transport({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  if (channel.transport === 'relay') {
    return (
      <p className="flex items-center gap-2">
        <Server aria-hidden className="size-4 text-muted" />
        {t('channels.relay', { host: channel.relayHost ?? '' })}
      </p>
    )
  }
  return (
    <div className="flex items-start gap-2.5 rounded-lg border border-warn-line bg-warn-soft px-3.5 py-3">
      <Mailbox aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="flex flex-col items-start gap-1">
        <p className="font-medium">{t('channels.local')}</p>
        <p className="text-xs text-muted">{t('channels.localText')}</p>
        <Link to="/settings/local-mailbox" className="text-xs font-medium text-accent-text hover:underline">
          {t('channels.openLocal')}
        </Link>
      </div>
    </div>
  )
}

function FirstSteps({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  if (channel.smtpPort === null) return <p className="text-muted">{t('channels.noPort')}</p>
  const mail = {
    host: location.hostname,
    port: channel.smtpPort,
    to: channel.address,
    subject: t('inbox.first.sampleSubject'),
    text: t('inbox.first.sampleText'),
  }
  return (
    <details className="group">
      <summary className="w-fit rounded-md font-medium text-accent-text">{t('channels.try')}</summary>
      <div className="flex flex-col gap-2 pt-3">
        <p className="text-xs text-muted">{t('channels.tryText')}</p>
        <CopyBlock text={swaksCommand(mail)} label="swaks" />
        <p className="text-xs text-muted">{t('channels.tryCurl')}</p>
        <CopyBlock text={curlCommand(mail)} label="curl" />
      </div>
    </details>
  )
}

export function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const { tone, icon: Icon } = healthLooks[channel.health.status]
  return (
    <Card>
      <div className="flex items-center gap-3">
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">{channel.name}</h2>
        <Badge tone={tone} icon={<Icon />}>
          {t(`channels.health.${channel.health.status}`)}
        </Badge>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="text-xs font-medium text-muted">{t('channels.inbound')}</p>
        <CopyBlock text={channel.address} label={t('channels.inbound')} />
      </div>
      <FirstSteps channel={channel} />
      <Health health={channel.health} />
      <Transport channel={channel} />
      <ChannelForm key={channel.version} channel={channel} />
    </Card>
  )
}
