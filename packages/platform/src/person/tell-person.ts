import type { PersonSubject } from '@ai-crm/contracts'
import { sql, type QueryExecutorProvider } from 'kysely'

/** Says to the statements of this transaction whom they are about. */
export async function tellPerson(db: QueryExecutorProvider, subject: PersonSubject): Promise<void> {
  await sql`select set_config('person.contacts', ${JSON.stringify(subject.contactIds)}, true),
    set_config('person.conversations', ${JSON.stringify(subject.conversationIds)}, true),
    set_config('person.addresses', ${JSON.stringify(subject.addresses)}, true),
    set_config('person.names', ${JSON.stringify(subject.names)}, true),
    set_config('person.patterns', ${JSON.stringify(patternsOf(subject))}, true)`.execute(db)
}

/** An e-mail address or a number that one can call: a name in Telegram is a word like any other, and what is theirs is found by its id. */
const isTelling = (address: string): boolean => /^[^@\s]+@[^@\s]+$|^\+?\d[\d\s()-]{6,}$/.test(address)

/** Ids wherever they stand; addresses as whole strings of JSON, so that `ann@x.example` is not found in `joann@x.example`. */
const patternsOf = ({ contactIds, conversationIds, thingIds, addresses }: PersonSubject): string[] => {
  const words = [...contactIds, ...conversationIds, ...thingIds, ...addresses.filter(isTelling).map((address) => `"${address}"`)]
  return words.map((word) => `%${word.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
}

export const onlyContact = (contactId: string): PersonSubject => ({ contactIds: [contactId], conversationIds: [], thingIds: [], addresses: [], names: [] })

/** The condition for statements of their own, which no transaction tells whom they are about. */
export function spelledOut(where: string, subject: PersonSubject): string {
  const { contactIds: contacts, conversationIds: conversations, addresses, names } = subject
  const lists: Readonly<Record<string, readonly string[]>> = { contacts, conversations, addresses, names, patterns: patternsOf(subject) }
  return where.replaceAll(/current_setting\('person\.(\w+)', true\)/g, (_all, list: string) => `'${JSON.stringify(lists[list] ?? []).replaceAll("'", "''")}'`)
}
