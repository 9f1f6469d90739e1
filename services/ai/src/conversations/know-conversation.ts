import type { Write } from '../ctx.ts'

export interface KnownConversation {
  id: string
  contactId: string | null
  subject: string
  partyAddress: string
  partyName: string | null
}

/**
 * Makes sure that the conversation is in the projection and locks its row until the transaction ends: everything
 * that starts, replaces or outdates drafts of one conversation takes its turn here.
 */
export async function knowConversation({ db }: Pick<Write, 'db'>, known: KnownConversation): Promise<void> {
  await insertKnown(db, known).execute()
}

/** `knowConversation` for those who do nothing else with it. */
export const noteConversation = ({ db, run }: Pick<Write, 'db' | 'run'>, known: KnownConversation): void => run(insertKnown(db, known))

const insertKnown = (db: Write['db'], known: KnownConversation) =>
  db
    .insertInto('conversation')
    .values({ ...known, subject: known.subject.slice(0, 1000) })
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'id']).doUpdateSet({
        contactId: (eb) => eb.fn.coalesce('excluded.contactId', 'conversation.contactId'),
        partyName: (eb) => eb.fn.coalesce('excluded.partyName', 'conversation.partyName'),
      }),
    )
