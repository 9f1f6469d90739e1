import { messagingPersonDelayed, messagingPersonErased, messagingPersonExported, type PersonSubject } from '@ai-crm/contracts'
import { ErasureWaits, PERSON, personDataOf } from '@ai-crm/platform'
import { sql } from 'kysely'
import { mailFiles } from '../content/mail-files.ts'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { addressesOfContact } from './addresses-of-contact.ts'

const { contacts, conversations, addresses, patterns } = PERSON
/** Also those that a contact had and let go of: by the other party's address. */
const isTheirs = (alias: string) => `(${alias}.contact_id = ${contacts} or ${alias}.id = ${conversations} or ${alias}.party_address = ${addresses})`
const inTheirs = `in (select c.id from conversation c where ${isTheirs('c')})`
const ofTheirMessages = `t.message_id in (select m.id from message m where m.conversation_id ${inTheirs})`

/** Where messaging keeps something about people. */
export const personData = personDataOf<Tables>()({
  tables: {
    conversation: { where: isTheirs('t') },
    conversationRead: { where: `t.conversation_id ${inTheirs}` },
    movedConversation: { where: `(t.merged_id = ${contacts} or t.conversation_id ${inTheirs})` },
    message: { where: `t.conversation_id ${inTheirs}` },
    messageChunk: { where: ofTheirMessages },
    rawMessage: { where: ofTheirMessages },
    attachment: { where: ofTheirMessages },
    delivery: { where: `t.conversation_id ${inTheirs}` },
    localMail: {
      where: `(t.conversation_id ${inTheirs} or lower(t.from_address) = ${addresses} or exists (select from unnest(t.to_addresses) as one (address) where lower(one.address) = ${addresses}))`,
    },
    mergedContact: 'Ids of contacts.',
    contactAddress: { where: `t.contact_id = ${contacts}` },
    contactOtherAddress: { where: `t.contact_id = ${contacts}` },
    channel: 'Of the organisation.',
    systemMail: 'Mails of the product to members.',
    teamMember: 'Of members of the organisation.',
  },
  aggregates: ['conversation'],
  kept: {
    // Written to somebody else, who may have it.
    messagesOfOthers: { table: 'message', where: `t.conversation_id not ${inTheirs} and lower(concat(t.to_parties, t.cc_parties)) like ${patterns}` },
  },
  before: untilNothingIsOnItsWay,
  subjectOf: addressesOfContact,
  files: (db: Ctx['db'], only) => mailFiles(db, only(ofTheirMessages)),
  erased: messagingPersonErased,
  delayed: messagingPersonDelayed,
  exported: messagingPersonExported,
})

/** A mail that is being sent in this moment has to become something first: the job is tried again. */
async function untilNothingIsOnItsWay(ctx: Ctx, { conversationIds }: PersonSubject): Promise<void> {
  const { rows } =
    await sql`select from delivery where state = 'sending' and lease_until > now() and conversation_id = any(${conversationIds}::uuid[]) limit 1`.execute(
      ctx.db,
    )
  if (rows.length > 0) throw new ErasureWaits('sending', 'A mail of the person is on its way.')
}
