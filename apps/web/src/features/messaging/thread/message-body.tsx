import type { Message } from '@ai-crm/contracts'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MessageHtml } from './message-html.tsx'
import { PlainText } from './plain-text.tsx'

/** What was written; the quoted rest on demand. */
export function MessageBody({ message, isHtml, senderName }: { message: Message; isHtml: boolean; senderName: string }) {
  const { t } = useTranslation()
  const [isQuoteShown, setIsQuoteShown] = useState(false)
  if (isHtml && message.hasHtml) return <MessageHtml messageId={message.id} senderName={senderName} />
  return (
    <div className="flex flex-col items-start gap-2">
      {message.text ? <PlainText text={message.text} /> : <p className="text-faint">{t('thread.noText')}</p>}
      {message.quotedText && (
        <button
          type="button"
          aria-expanded={isQuoteShown}
          aria-label={isQuoteShown ? t('thread.hideQuoted') : t('thread.showQuoted')}
          title={isQuoteShown ? t('thread.hideQuoted') : t('thread.showQuoted')}
          onClick={() => setIsQuoteShown(!isQuoteShown)}
          className="flex h-4 items-center rounded-full bg-pressed px-2 text-muted hover:text-ink"
        >
          <Ellipsis className="size-3.5" />
        </button>
      )}
      {isQuoteShown && message.quotedText && (
        <blockquote className="w-full border-l-2 border-line-strong pl-3 text-muted">
          <PlainText text={message.quotedText} />
        </blockquote>
      )}
    </div>
  )
}
