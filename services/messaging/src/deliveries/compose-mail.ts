import MailComposer from 'nodemailer/lib/mail-composer'
import type { Party } from '@ai-crm/contracts'

export interface ComposedMail {
  from: Party
  to: Party
  subject: string
  text: string
  signature: string
  rfcMessageId: string
  /** Message-IDs before it, oldest first; the last one is answered. */
  referenceIds: readonly string[]
  date: Date
}

/** The exact bytes that every attempt sends (C4). Pure but for MIME boundaries: store the result. */
export async function composeMail(mail: ComposedMail): Promise<Buffer> {
  const text = mail.signature === '' ? mail.text : `${mail.text}\n\n-- \n${mail.signature}`
  const answered = mail.referenceIds.at(-1)
  return new MailComposer({
    from: { name: mail.from.name ?? '', address: mail.from.address },
    to: { name: mail.to.name ?? '', address: mail.to.address },
    subject: mail.subject,
    text,
    html: toHtml(text),
    messageId: `<${mail.rfcMessageId}>`,
    ...(answered ? { inReplyTo: `<${answered}>`, references: mail.referenceIds.map((id) => `<${id}>`) } : {}),
    date: mail.date,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const toHtml = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escape(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n')

/** RFC 5322 section 3.6.5: one "Re: " before the original subject. */
export const replySubject = (subject: string): string => (/^(re|ответ|отв)\s*:/i.test(subject) ? subject : `Re: ${subject}`.trim())

const KEPT_REFERENCES = 20

/** RFC 5322 section 3.6.4: the chain of the answered message and itself; of a long chain the first and the newest stay. */
export function referenceChain(references: readonly string[], answered: string | null): string[] {
  const chain = [...new Set([...references, ...(answered ? [answered] : [])])]
  return chain.length <= KEPT_REFERENCES ? chain : [...chain.slice(0, 1), ...chain.slice(1 - KEPT_REFERENCES)]
}
