import type { Ctx } from '../ctx.ts'

/** Messages that a draft is written from: the newest ones of the conversation. */
const THREAD_MESSAGES = 20

export interface ThreadMessage {
  direction: 'inbound' | 'outbound'
  text: string
  language: string | null
  isAutoReply: boolean
}
export interface Thread {
  subject: string
  contactName: string | null
  company: string | null
  /** Oldest first. */
  messages: ThreadMessage[]
}

/** What the service knows of a conversation, without what is withheld (conversation-reach.ts); null when it is not (or no longer) known. */
export async function readThread({ db }: Pick<Ctx, 'db'>, conversationId: string, withheld: readonly string[]): Promise<Thread | null> {
  const findConversation = db
    .selectFrom('conversation')
    .leftJoin('contact', (join) => join.onRef('contact.organizationId', '=', 'conversation.organizationId').onRef('contact.id', '=', 'conversation.contactId'))
    .select(['conversation.subject', 'conversation.partyName', 'contact.name', 'contact.company'])
    .where('conversation.id', '=', conversationId)
    .executeTakeFirst()
  const findNewest = db
    .selectFrom('conversationMessage')
    .select(['direction', 'text', 'language', 'isAutoReply'])
    .where('conversationId', '=', conversationId)
    .orderBy('sequence', 'desc')
    .limit(THREAD_MESSAGES)
    .execute()
  const [conversation, newestFirst] = await Promise.all([findConversation, findNewest])
  if (!conversation) return null
  return {
    subject: conversation.subject,
    contactName: (withheld.includes('name') ? null : conversation.name) ?? conversation.partyName,
    company: withheld.includes('company') ? null : conversation.company,
    messages: newestFirst.toReversed(),
  }
}
