import type { Message } from '@ai-crm/contracts'
import { Ellipsis } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MessageHtml } from './message-html.tsx'
import { PlainText } from './plain-text.tsx'

interface MessageBodyProps {
  message: Message
  isHtml: boolean
  senderName: string
  onToggleHtml: () => void
}

const SmallButton = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" onClick={onClick} className="rounded-md text-xs text-faint hover:text-ink hover:underline">
    {children}
  </button>
)

function QuoteToggle({ isShown, onToggle }: { isShown: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  const label = isShown ? t('thread.hideQuoted') : t('thread.showQuoted')
  return (
    <button
      type="button"
      aria-expanded={isShown}
      aria-label={label}
      title={label}
      onClick={onToggle}
      className="flex h-4 items-center rounded-full bg-pressed px-2 text-muted hover:text-ink"
    >
      <Ellipsis className="size-3.5" />
    </button>
  )
}

/** What was written, as text with the quoted rest on demand, or as the sender formatted it. */
export function MessageBody({ message, isHtml, senderName, onToggleHtml }: MessageBodyProps) {
  const { t } = useTranslation()
  const [isQuoteShown, setIsQuoteShown] = useState(false)
  if (isHtml && message.hasHtml) {
    return (
      <div className="flex flex-col items-start gap-2">
        <div className="w-full">
          <MessageHtml messageId={message.id} senderName={senderName} />
        </div>
        <SmallButton onClick={onToggleHtml}>{t('thread.asText')}</SmallButton>
      </div>
    )
  }
  return (
    <div className="flex flex-col items-start gap-2">
      {message.text ? <PlainText text={message.text} /> : <p className="text-faint">{t('thread.noText')}</p>}
      <div className="flex items-center gap-3 empty:hidden">
        {message.quotedText && <QuoteToggle isShown={isQuoteShown} onToggle={() => setIsQuoteShown(!isQuoteShown)} />}
        {message.hasHtml && <SmallButton onClick={onToggleHtml}>{t('thread.asHtml')}</SmallButton>}
      </div>
      {isQuoteShown && message.quotedText && (
        <blockquote className="w-full border-l-2 border-line-strong pl-3 text-muted">
          <PlainText text={message.quotedText} />
        </blockquote>
      )}
    </div>
  )
}
