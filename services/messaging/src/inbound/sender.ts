import type { Party } from '@ai-crm/contracts'
import type { ParsedMail } from '../mail-parsing/parsed-mail.ts'

/** RFC 6761: a domain that never exists, for mail that does not say who wrote it (flag `no-sender`). */
const NOBODY: Party = { address: 'unknown-sender@invalid', name: null }

export const senderOf = ({ from }: Pick<ParsedMail, 'from'>): Party => from ?? NOBODY
