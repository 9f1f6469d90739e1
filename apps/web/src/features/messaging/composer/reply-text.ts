/** Replies that are being written, by conversation: they survive looking at another one, and a reload, and end with the session. */
const keyOf = (conversationId: string): string => `ai-crm.reply.${conversationId}`

export const readReply = (conversationId: string): string => sessionStorage.getItem(keyOf(conversationId)) ?? ''

export function keepReply(conversationId: string, text: string): void {
  if (text) sessionStorage.setItem(keyOf(conversationId), text)
  else sessionStorage.removeItem(keyOf(conversationId))
}

/** `Re:` once, in whatever language it already stands. */
export const replySubject = (subject: string): string => (/^(re|aw|sv|отв|на)(\[\d+\])?:/i.test(subject.trim()) ? subject : `Re: ${subject}`.trim())
