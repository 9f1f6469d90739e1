import type { Message } from '@ai-crm/contracts'
import clsx from 'clsx'
import { Bot, Ellipsis, FileDown, Sparkles, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { Time } from '../../../ui/time.tsx'
import { partyName } from '../inbox/party-name.ts'
import { Attachments } from './attachments.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { MessageBody } from './message-body.tsx'
import { useSaveSource } from './use-save-source.ts'

interface MessageCardProps {
  message: Message
  authorName: string | null
  canSend: boolean
  isFolded: boolean
  onUnfold: () => void
}

const knownFlags = ['unparsable', 'too-many-parts', 'html-too-complex', 'charset-unknown', 'no-message-id'] as const

function Flags({ flags }: { flags: readonly string[] }) {
  const { t } = useTranslation()
  const known = knownFlags.filter((flag) => flags.includes(flag) && flag !== 'no-message-id')
  if (known.length === 0) return null
  return (
    <p className="flex items-start gap-2 rounded-lg border border-warn-line bg-warn-soft px-3 py-2 text-xs text-warn">
      <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        {t('thread.flags.title')} {known.map((flag) => t(`thread.flags.${flag}`)).join(' ')}
      </span>
    </p>
  )
}

function CardMenu({ message }: { message: Message }) {
  const { t } = useTranslation()
  const saveSource = useSaveSource(message)
  const trigger = (
    <IconButton label={t('common.more')} className="size-7!">
      <Ellipsis />
    </IconButton>
  )
  return (
    <Menu trigger={trigger} label={t('common.more')}>
      <MenuItem icon={<FileDown />} onSelect={saveSource}>
        {t('thread.source')}
      </MenuItem>
    </Menu>
  )
}

function FoldedCard({ message, name, onUnfold }: { message: Message; name: string; onUnfold: () => void }) {
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={onUnfold}
      className="flex h-10 w-full items-center gap-3 rounded-xl border border-line px-3.5 text-left transition-colors hover:bg-hover"
    >
      <Avatar name={name} seed={message.from.address} size="sm" />
      <span className="shrink-0 font-medium">{name}</span>
      <span className="min-w-0 flex-1 truncate text-muted">{message.text}</span>
      <Time at={message.createdAt} className="shrink-0 text-2xs text-faint" />
    </button>
  )
}

export function MessageCard({ message, authorName, canSend, isFolded, onUnfold }: MessageCardProps) {
  const { t } = useTranslation()
  const [isHtml, setIsHtml] = useState(message.hasHtml && !message.quotedText)
  const isOurs = message.direction === 'outbound'
  const name = isOurs ? (authorName ?? partyName(message.from)) : partyName(message.from)
  if (isFolded) return <FoldedCard message={message} name={name} onUnfold={onUnfold} />
  return (
    <article aria-label={name} className={clsx('flex flex-col gap-3 rounded-xl border border-line px-3.5 pt-3 pb-3.5', isOurs && 'bg-canvas')}>
      <header className="flex items-center gap-3">
        <Avatar name={name} seed={isOurs ? name : message.from.address} />
        <div className="flex min-w-0 flex-1 flex-col">
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="truncate font-semibold">{name}</span>
            {message.from.name && !isOurs && <span className="truncate text-xs text-faint">{message.from.address}</span>}
          </span>
          <span className="truncate text-xs text-faint">
            {t('thread.to', { names: [...message.to, ...message.cc].map(({ address }) => address).join(', ') })}
          </span>
        </div>
        {message.isAutoReply && <Badge icon={<Bot />}>{t('thread.autoReply')}</Badge>}
        {message.draftId && (
          <Badge tone="ai" icon={<Sparkles />}>
            {t('thread.byDraft')}
          </Badge>
        )}
        <Time at={message.createdAt} className="shrink-0 text-xs text-faint" />
        <CardMenu message={message} />
      </header>
      <Flags flags={message.flags} />
      <MessageBody message={message} isHtml={isHtml} senderName={name} onToggleHtml={() => setIsHtml(!isHtml)} />
      <Attachments messageId={message.id} attachments={message.attachments} />
      <DeliveryState message={message} canDecide={canSend} />
    </article>
  )
}
