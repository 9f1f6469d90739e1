import { keepText, readText } from '../../../lib/session/texts-in-writing.ts'

/** Replies that are being written, by conversation: they survive looking at another one, and a reload, and end with the session. */
const nameOf = (conversationId: string): string => `reply.${conversationId}`

export const readReply = (conversationId: string): string => readText(nameOf(conversationId))
export const keepReply = (conversationId: string, text: string): void => keepText(nameOf(conversationId), text)

/** `Re:` once, in whatever language it already stands. */
export const replySubject = (subject: string): string => (/^(re|aw|sv|отв|на)(\[\d+\])?:/i.test(subject.trim()) ? subject : `Re: ${subject}`.trim())
