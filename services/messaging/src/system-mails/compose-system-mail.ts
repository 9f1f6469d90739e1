import type { Locale } from '@ai-crm/contracts'
import MailComposer from 'nodemailer/lib/mail-composer'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import type { Wording } from './wording/wording.ts'

export interface SystemMailSource {
  from: string
  to: string
  locale: Locale
  words: Wording
  rfcMessageId: string
  date: Date
}

/** RFC 5322 source, as text and HTML. RFC 3834: auto-generated, so that nothing answers it automatically. */
export async function composeSystemMail({ from, to, locale, words, rfcMessageId, date }: SystemMailSource): Promise<Buffer> {
  return new MailComposer({
    from: { name: 'AI CRM', address: from },
    to,
    subject: words.subject,
    text: renderText(words),
    html: renderHtml(locale, words),
    messageId: `<${rfcMessageId}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': locale },
    date,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
