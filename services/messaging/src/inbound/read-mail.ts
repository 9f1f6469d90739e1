import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Blocks } from '../content/blocks.ts'
import { normalizeAddress } from '../mail-parsing/parties.ts'
import type { MailFlag, MailInput, ParsedMail } from '../mail-parsing/parsed-mail.ts'
import { BusyError, TaskTimeoutError, ThreadStartError } from '../workers/errors.ts'
import { mailWorkers } from '../workers/mail-workers.ts'

/**
 * Reads as much as can be read: the mail, else its head, else its envelope. Throws only what is no fault of the mail
 * (the sender shall come again): whatever a customer sends is kept.
 */
export async function readMail(input: MailInput): Promise<ParsedMail> {
  try {
    return await mailWorkers.run('parseMail', input)
  } catch (error) {
    if (isOurFault(error)) throw error
    return readHeadOnly(input, reasonOf(error))
  }
}

async function readHeadOnly(input: MailInput, why: MailFlag): Promise<ParsedMail> {
  try {
    return await mailWorkers.run('parseHead', { ...input, why })
  } catch (error) {
    if (isOurFault(error)) throw error
    return envelopeOnly(input, why)
  }
}

const isOurFault = (error: unknown): boolean => error instanceof BusyError || error instanceof ThreadStartError

function reasonOf(error: unknown): MailFlag {
  if (error instanceof TaskTimeoutError) return 'too-slow'
  const message = error instanceof Error ? error.message : ''
  if (message.includes('child nodes')) return 'too-many-parts'
  return message.includes('header size') ? 'head-too-large' : 'unparsable'
}

async function envelopeOnly({ source, envelopeFrom, day }: MailInput, why: MailFlag): Promise<ParsedMail> {
  const address = normalizeAddress(envelopeFrom)
  const sha256 = await hashInTurns(source)
  const key = createHash('sha256').update(sha256).update(day).digest()
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

/** Here, because the threads have failed on it: a block takes about a millisecond. */
async function hashInTurns(source: Blocks): Promise<Buffer> {
  const hash = createHash('sha256')
  for (const block of source) {
    hash.update(block)
    await turn()
  }
  return hash.digest()
}
