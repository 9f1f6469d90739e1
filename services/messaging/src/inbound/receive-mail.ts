import { defineFailpoint } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import type { InboundChannel } from '../channels/find-inbound-channel.ts'
import { byteLengthOf, type Blocks } from '../content/blocks.ts'
import { readMail } from './read-mail.ts'
import { storeMail } from './store-mail.ts'

export interface ReceivedMail {
  source: Blocks
  envelopeFrom: string
  envelopeTo: readonly string[]
  /** Whose mail it is; a mail to several organisations is stored in each. */
  channels: readonly InboundChannel[]
}

const stored = defineFailpoint('messaging.inbound.stored', 'A mail is stored; its sender has not heard 250')

/** Resolves when the mail is stored for good. Rejects when the sender shall try again: what is stored by then is stored once. */
export async function receiveMail(ctx: PublicCtx, { source, envelopeFrom, envelopeTo, channels }: ReceivedMail): Promise<void> {
  const mail = await readMail({ source, envelopeFrom, day: new Date().toISOString().slice(0, 10) })
  const distinct = new Map(channels.map((channel) => [channel.channelId, channel]))
  for (const { organizationId, channelId } of distinct.values()) {
    // From our own address registry: the sender cannot choose the organisation otherwise than by writing to it.
    const tenant = ctx.enter(organizationId, { type: 'contact', id: null })
    const outcome = await storeMail(tenant, channelId, { mail, source, envelopeFrom, envelopeTo })
    stored()
    tenant.log.info({ outcome, channelId, bytes: byteLengthOf(source), flags: mail.flags }, 'mail received')
  }
}
