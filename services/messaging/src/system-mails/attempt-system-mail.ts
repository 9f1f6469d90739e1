import { defineFailpoint } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { rfcMessageIdFor } from '../deliveries/message-id.ts'
import { relayOf, type Relay } from '../smtp-sending/relay.ts'
import type { SendOutcome } from '../smtp-sending/send-outcome.ts'
import { sendThroughRelay } from '../smtp-sending/send-through-relay.ts'
import { composeSystemMail, type SystemMailSource } from './compose-system-mail.ts'
import { keepWithoutRelay } from './keep-without-relay.ts'
import { openMail } from './open-mail.ts'
import { settleSystemMail } from './settle-system-mail.ts'

const beforeCall = defineFailpoint('messaging.system-mail.before-call', 'A mail of the product is about to be handed to the relay')
const afterCall = defineFailpoint('messaging.system-mail.after-call', 'The relay has answered for it; the answer is not stored')

/** One attempt: read, send (no transaction), settle (commit). Repeated after a crash in between: at least once. */
export async function attemptSystemMail(ctx: Ctx, { mailId }: { mailId: string }): Promise<void> {
  const row = await ctx.db
    .selectFrom('systemMail')
    .select(['id', 'toAddress', 'template', 'locale', 'sealedParameters', 'expiresAt', 'createdAt'])
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  if (!row?.sealedParameters) return
  if (row.expiresAt <= new Date()) return settleSystemMail(ctx, mailId, { kind: 'expired' })

  const relay = relayOf(ctx.config)
  const mail = {
    from: ctx.config.SYSTEM_MAIL_FROM ?? `no-reply@${ctx.config.MAIL_DOMAIN}`,
    to: row.toAddress,
    locale: row.locale,
    words: openMail(ctx, { ...row, sealedParameters: row.sealedParameters }),
    rfcMessageId: rfcMessageIdFor(ctx.deriveKey('messaging.message-id'), ctx.organizationId, `system-mail:${mailId}`, ctx.config.MAIL_DOMAIN),
    date: row.createdAt,
  }
  beforeCall()
  const outcome = relay ? await sendBy(ctx, relay, mail) : await keepWithoutRelay(ctx, mail)
  afterCall()
  ctx.log.info({ mailId, outcome: outcome.kind, kind: row.template }, 'system mail attempted')
  await settleSystemMail(ctx, mailId, outcome)
}

async function sendBy(ctx: Ctx, relay: Relay, mail: SystemMailSource): Promise<SendOutcome> {
  const source = await composeSystemMail(mail)
  return sendThroughRelay(relay, { envelopeFrom: mail.from, to: mail.to, source }, { timeoutMs: ctx.config.SEND_TIMEOUT_MS, signal: ctx.signal })
}
