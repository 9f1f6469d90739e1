import { notFound, type Job } from '@ai-crm/platform'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { mayReadThrough } from '../conversations/conversation-reach.ts'
import { composeMail, referenceChain, replySubject } from '../deliveries/compose-mail.ts'
import type { Ctx } from '../ctx.ts'
import { smtpPortOf } from '../inbound/listening.ts'
import { sendMail } from '../smtp-sending/send-mail.ts'

const Answer = z.object({ localMailId: z.uuid(), text: z.string(), answerId: z.uuid() })
type Answer = z.infer<typeof Answer>

export const sendAnswer: Job<Answer> = { name: 'messaging.answer-local-mail', payload: Answer }

/** Plans the customer's answer: it goes by SMTP, which has no place in a request's transaction. */
export async function answerLocalMail(ctx: Ctx, localMailId: string, text: string): Promise<void> {
  await ctx.write(async ({ db, enqueue }) => {
    const mail = await db
      .selectFrom('localMail')
      .select('id')
      .where('id', '=', localMailId)
      .where(mayReadThrough(ctx, 'localMail.conversationId'))
      .executeTakeFirst()
    if (!mail) throw notFound('local mail')
    await enqueue(sendAnswer, { localMailId, text, answerId: randomUUID() })
  })
}

/** Writes as the customer would, by real SMTP to our own server. A repeat has the same Message-ID and is stored once. */
export async function sendCustomerAnswer(ctx: Ctx, { localMailId, text, answerId }: Answer): Promise<void> {
  const mail = await ctx.db
    .selectFrom('localMail')
    .select(['fromAddress', 'toAddresses', 'subject', 'text', 'rfcMessageId', 'referenceIds', 'receivedAt'])
    .where('id', '=', localMailId)
    .executeTakeFirst()
  const customer = mail?.toAddresses[0]
  if (!mail || !customer) return
  const source = await composeMail({
    from: { address: customer, name: null },
    to: { address: mail.fromAddress, name: null },
    subject: replySubject(mail.subject),
    text: `${text}\n\nOn ${mail.receivedAt.toUTCString()}, ${mail.fromAddress} wrote:\n${mail.text.replace(/^/gm, '> ')}`,
    signature: '',
    rfcMessageId: `${answerId}@${customer.split('@')[1] ?? 'customer.invalid'}`,
    referenceIds: referenceChain(mail.referenceIds, mail.rfcMessageId),
    date: mail.receivedAt,
  })
  const outcome = await sendMail(ownServer(ctx.config), { envelopeFrom: customer, to: mail.fromAddress, source }, { timeoutMs: 20_000, signal: ctx.signal })
  if (outcome.kind !== 'sent') throw new Error(`The answer was not taken: ${outcome.reason}`)
}

function ownServer(config: Ctx['config']) {
  const port = smtpPortOf(config)
  if (port === null) throw new Error('The SMTP server of this process is not listening yet.')
  const host = config.SMTP_HOST === '0.0.0.0' ? '127.0.0.1' : config.SMTP_HOST === '::' ? '::1' : config.SMTP_HOST
  return { host, port, tls: 'none' as const, credentials: null }
}
