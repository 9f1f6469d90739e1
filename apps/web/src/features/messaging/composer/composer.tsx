import type { Channel, Conversation } from '@ai-crm/contracts'
import { CornerUpLeft, SendHorizontal, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { hasCode } from '../../../lib/api/explain.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { partyName } from '../inbox/party-name.ts'
import { NewerMessageDialog } from './newer-message-dialog.tsx'
import { replySubject } from './reply-text.ts'
import { useSendReply } from './use-send-reply.ts'

interface ComposerProps {
  conversation: Conversation
  channel: Channel | undefined
  isOpen: boolean
  text: string
  onText: (text: string) => void
  onOpen: () => void
  onClose: () => void
}

function ClosedComposer({ name, onOpen }: { name: string; onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-keyshortcuts="R"
      onClick={onOpen}
      className="flex h-10 w-full items-center gap-2.5 rounded-xl border border-line-strong bg-surface px-3.5 text-left text-faint transition-colors hover:border-faint"
    >
      <CornerUpLeft aria-hidden className="size-4" />
      <span className="min-w-0 flex-1 truncate">{t('composer.open', { name })}</span>
      <Kbd keys="r" />
    </button>
  )
}

const growing = 'field-sizing-content min-h-24 max-h-[38dvh] w-full resize-none bg-transparent px-3.5 py-2.5 text-base outline-none placeholder:text-faint'

interface ComposerHeadProps {
  address: string
  subject: string
  onSubject: (subject: string) => void
  onClose: () => void
}

function ComposerHead({ address, subject, onSubject, onClose }: ComposerHeadProps) {
  const { t } = useTranslation()
  return (
    <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3.5 text-xs">
      <span className="max-w-[45%] shrink-0 truncate text-muted">
        {t('composer.to')} <span className="text-ink">{address}</span>
      </span>
      <input
        aria-label={t('composer.subject')}
        value={subject}
        maxLength={500}
        onChange={({ target }) => onSubject(target.value)}
        className="h-7 min-w-0 flex-1 rounded-md bg-transparent px-2 text-xs hover:bg-hover"
      />
      <IconButton label={t('composer.discard')} className="size-7!" onClick={onClose}>
        <X />
      </IconButton>
    </div>
  )
}

/** A person's own reply. It remembers which message it answers, so that a newer one is noticed. */
export function Composer({ conversation, channel, isOpen, text, onText, onOpen, onClose }: ComposerProps) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const [subject, setSubject] = useState(replySubject(conversation.subject))
  const [seenMessageId, setSeenMessageId] = useState(conversation.lastInboundMessageId)
  const send = useSendReply(conversation, () => {
    onText('')
    onClose()
  })
  const write = () => {
    onOpen()
    area.current?.focus()
  }
  useShortcut({ keys: 'r', label: t('shortcuts.reply'), group: 'conversation', run: write })
  // One that was begun before waits: whoever walks through the inbox walks on.
  const isResumed = useRef(isOpen)
  useEffect(() => {
    if (!isOpen) return
    if (!isResumed.current) area.current?.focus()
    isResumed.current = false
    setSeenMessageId(conversation.lastInboundMessageId)
    // What was newest when the reply began is what it answers: later messages must not move it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOpen])

  const name = partyName(conversation.party)
  if (!isOpen) return <ClosedComposer name={name} onOpen={onOpen} />
  const isEmpty = text.trim() === ''
  const submit = (force: boolean) => {
    if (!isEmpty && !send.isPending) send.mutate({ subject, text, force, seenMessageId })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit(false)
  }
  const isNewer = hasCode(send.error, 'messaging.message.newer_inbound')
  return (
    <section
      aria-label={t('composer.label')}
      onKeyDown={onKeyDown}
      className="rounded-xl border border-line-strong bg-surface shadow-sm focus-within:border-faint"
    >
      <ComposerHead address={conversation.party.address} subject={subject} onSubject={setSubject} onClose={onClose} />
      <textarea
        ref={area}
        aria-label={t('composer.label')}
        value={text}
        maxLength={100_000}
        placeholder={t('composer.placeholder', { name })}
        onChange={({ target }) => onText(target.value)}
        className={growing}
      />
      {send.error && !isNewer && (
        <div className="px-3 pb-2">
          <ProblemNote error={send.error} onRetry={() => submit(false)} />
        </div>
      )}
      <footer className="flex items-center gap-3 px-3 pb-2.5">
        <p className="min-w-0 flex-1 truncate text-xs text-faint" title={channel?.signature}>
          {channel?.signature ? t('composer.signature') : t('composer.noSignature')}
        </p>
        <span className="hidden sm:inline">
          <Kbd keys="mod+enter" />
        </span>
        <Button kind="primary" icon={<SendHorizontal />} shortcut="mod+enter" disabled={isEmpty} isBusy={send.isPending} onClick={() => submit(false)}>
          {t('composer.send')}
        </Button>
      </footer>
      <NewerMessageDialog
        isOpen={isNewer}
        onRead={() => {
          send.reset()
          setSeenMessageId(conversation.lastInboundMessageId)
        }}
        onSend={() => submit(true)}
      />
    </section>
  )
}
