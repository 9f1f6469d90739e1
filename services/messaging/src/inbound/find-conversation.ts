import { conversationOpened, type ConversationStatus, type Party } from '@ai-crm/contracts'
import type { Db, Write } from '../ctx.ts'
import type { ParsedMail } from '../mail-parsing/parsed-mail.ts'
import { pickThread, threadCandidates } from './thread.ts'

export interface ConversationHead {
  id: string
  contactId: string | null
  status: ConversationStatus
  assigneeId: string | null
  snoozedUntil: Date | null
  version: number
}
const HEAD_COLUMNS = ['id', 'contactId', 'status', 'assigneeId', 'snoozedUntil', 'version'] as const

/** Where a mail may belong: the conversation that it answers (C12), and the contact that it is from. */
export interface MailPlace {
  readonly conversationId: string | null
  readonly contactId: string | null
}

/** Both questions in one round trip. */
export async function findPlace(db: Db, channelId: string, mail: ParsedMail, party: Party): Promise<MailPlace> {
  const [conversationId, contactId] = await Promise.all([findThread(db, channelId, threadCandidates(mail)), findContact(db, party.address)])
  return { conversationId, contactId }
}

/** The conversation that a mail answers, until the end of the transaction. */
export const lockConversation = (db: Db, id: string): Promise<ConversationHead> =>
  db.selectFrom('conversation').select(HEAD_COLUMNS).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

async function findThread(db: Db, channelId: string, candidates: string[]): Promise<string | null> {
  if (candidates.length === 0) return null
  const known = await db
    .selectFrom('message')
    .select(['rfcMessageId', 'conversationId'])
    .where('channelId', '=', channelId)
    .where('rfcMessageId', 'in', candidates)
    .orderBy('createdAt', 'desc')
    .limit(200)
    .execute()
  return pickThread(candidates, known)
}

interface NewConversation {
  id: string
  channelId: string
  contactId: string | null
}

/** A conversation of its own, for a mail that answers none. */
export async function openConversation({ db, emit }: Write, { id, channelId, contactId }: NewConversation, mail: ParsedMail, party: Party): Promise<ConversationHead> {
  const row = await db
    .insertInto('conversation')
    .values({ id, channelId, subject: mail.subject, partyAddress: party.address, partyName: party.name, contactId, lastDirection: 'inbound' })
    .returning(HEAD_COLUMNS)
    .executeTakeFirstOrThrow()
  await emit(conversationOpened({ conversationId: id, channelId, subject: mail.subject, party, contactId }))
  return row
}

/** The newest contact with the address: ids are made in the order of time. */
async function findContact(db: Db, address: string): Promise<string | null> {
  const row = await db
    .selectFrom('contactAddress')
    .select('contactId')
    .where('address', '=', address)
    .unionAll(db.selectFrom('contactOtherAddress').select('contactId').where('address', '=', address))
    .orderBy('contactId', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.contactId ?? null
}
