import { webcrypto } from 'node:crypto'
import { normalizeAddress } from '../mail-parsing/parties.ts'
import type { MailFlag, MailInput, ParsedMail } from '../mail-parsing/parsed-mail.ts'
import { BusyError, TaskTimeoutError } from '../workers/errors.ts'
import { mailWorkers } from '../workers/mail-workers.ts'

/**
 * Reads as much as can be read: the mail, else its head, else its envelope. Throws BusyError only (the sender shall
 * come again): whatever a customer sends is kept.
 */
export async function readMail(input: MailInput): Promise<ParsedMail> {
  try {
    return await mailWorkers.run('parseMail', input)
  } catch (error) {
    if (error instanceof BusyError) throw error
    return readHeadOnly(input, reasonOf(error))
  }
}

async function readHeadOnly(input: MailInput, why: MailFlag): Promise<ParsedMail> {
  try {
    return await mailWorkers.run('parseHead', { ...input, why })
  } catch (error) {
    if (error instanceof BusyError) throw error
    return envelopeOnly(input, why)
  }
}

function reasonOf(error: unknown): MailFlag {
  if (error instanceof TaskTimeoutError) return 'too-slow'
  const message = error instanceof Error ? error.message : ''
  if (message.includes('child nodes')) return 'too-many-parts'
  return message.includes('header size') ? 'head-too-large' : 'unparsable'
}

async function envelopeOnly({ source, envelopeFrom, day }: MailInput, why: MailFlag): Promise<ParsedMail> {
  const address = normalizeAddress(envelopeFrom)
  // Web Crypto hashes on a thread of its own. It does not take shared memory: one copy in this rarest of cases.
  const sha256 = new Uint8Array(await webcrypto.subtle.digest('SHA-256', Uint8Array.from(source)))
  const key = new Uint8Array(await webcrypto.subtle.digest('SHA-256', Buffer.concat([sha256, Buffer.from(day)])))
  return {
    rfcMessageId: null,
    inReplyTo: [],
    references: [],
    from: address ? { address, name: null } : null,
    replyToAddress: null,
    to: [],
    cc: [],
    subject: '',
    text: '',
    quotedText: null,
    html: null,
    language: null,
    isAutoReply: envelopeFrom === '',
    isDeliveryReport: false,
    attachments: [],
    flags: [why, 'no-message-id'],
    contentKey: key,
    sourceKey: key,
    sha256,
  }
}
