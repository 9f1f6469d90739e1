import type { ImportSettings } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql } from 'kysely'
import { normalEmail } from '../contacts/normal-email.ts'
import { mayRead, mayWrite } from '../contacts/contact-reach.ts'
import type { Db } from '../ctx.ts'
import type { ContactDraft } from '../import-reading/draft.ts'
import type { Fate } from './import-kind.ts'

export interface Known {
  readonly contactId: string
  /** Within the reach of whoever imports. */
  readonly isSeen: boolean
  readonly mayWrite: boolean
}

/** By `kind/value`, as contact_address has them. */
export type KnownAddresses = ReadonlyMap<string, Known>

/** What can be one contact's only, then what is likely to be. */
export const ownKeys = ({ emails, telegrams }: ContactDraft): string[] => [
  ...emails.map(({ address }) => `email/${normalEmail(address)}`),
  ...telegrams.flatMap(({ id }) => (id === null ? [] : [`telegram/${id}`])),
]
export const sharedKeys = ({ phones, telegrams }: ContactDraft): string[] => [
  ...phones.flatMap(({ e164 }) => (e164 === null ? [] : [`phone/${e164}`])),
  ...telegrams.flatMap(({ username }) => (username === null ? [] : [`telegram-name/${username.toLowerCase()}`])),
]

/** Whose the addresses of all drafts are, in one statement. Of several contacts with a phone the first one within reach counts. */
export async function findKnown(asker: Asker, db: Db, drafts: readonly ContactDraft[]): Promise<KnownAddresses> {
  const keys = [...new Set(drafts.flatMap((draft) => [...ownKeys(draft), ...sharedKeys(draft)]))]
  if (keys.length === 0) return new Map()
  const split = keys.map((key): [kind: string, value: string] => [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)])
  const { rows } = await sql<Known & { key: string }>`
    select kept.kind || '/' || kept.value as key, contact.id as contact_id, ${mayRead(asker)} as is_seen, ${mayWrite(asker)} as may_write
      from unnest(${split.map(([kind]) => kind)}::text[], ${split.map(([, value]) => value)}::text[]) as given (kind, value)
     cross join lateral (
       select contact_address.kind, contact_address.value, contact_address.contact_id from contact_address
        where contact_address.kind = given.kind and contact_address.value = given.value
        order by contact_address.contact_id limit 20) as kept
     cross join lateral (select * from contact where contact.id = kept.contact_id limit 1) as contact
     order by is_seen desc, contact.id`.execute(db)
  const known = new Map<string, Known>()
  for (const { key, ...one } of rows) if (!known.has(key)) known.set(key, one)
  return known
}

/** What becomes of a row. */
export function fateOf(draft: ContactDraft, known: KnownAddresses, policy: ImportSettings['policy']): Fate {
  const owned = ownKeys(draft).flatMap((key) => known.get(key) ?? [])
  if (owned.some(({ isSeen }) => !isSeen)) return { kind: 'refuse', code: 'crm.contact.email_taken' }
  const shared = sharedKeys(draft)
    .flatMap((key) => known.get(key) ?? [])
    .filter(({ isSeen }) => isSeen)
  const [match] = [...owned, ...(policy === 'create' ? [] : shared)]
  if (!match) return { kind: 'create' }
  if (policy === 'skip' || policy === 'create') return { kind: 'skip', code: 'crm.import.known' }
  if (owned.some(({ contactId }) => contactId !== match.contactId)) return { kind: 'refuse', code: 'crm.import.several_contacts' }
  return match.mayWrite ? { kind: 'update', recordId: match.contactId } : { kind: 'refuse', code: 'platform.record_locked' }
}
