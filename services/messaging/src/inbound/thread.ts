import type { ParsedMail } from '../mail-parsing/parsed-mail.ts'

/**
 * C12: the Message-IDs by which a mail may belong to a conversation, best first: In-Reply-To, then References from
 * right (the newest) to left. Never the subject.
 */
export function threadCandidates({ inReplyTo, references }: Pick<ParsedMail, 'inReplyTo' | 'references'>): string[] {
  return [...new Set([...inReplyTo, ...references.toReversed()])]
}

/** The conversation of the best candidate that is known, or null. */
export function pickThread(candidates: readonly string[], known: readonly { rfcMessageId: string | null; conversationId: string }[]): string | null {
  const byId = new Map(known.map(({ rfcMessageId, conversationId }) => [rfcMessageId, conversationId]))
  return candidates.map((id) => byId.get(id)).find((id) => id !== undefined) ?? null
}
