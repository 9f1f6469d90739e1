import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** What records name that may be gone, or somebody else's, by now. */
export interface Named {
  readonly emails: readonly string[]
  readonly telegrams: readonly string[]
  readonly domains: readonly string[]
  readonly companyIds: readonly string[]
  readonly contactIds: readonly string[]
  readonly tagIds: readonly string[]
  readonly userIds: readonly string[]
}

export interface References {
  /** Whose an address is, and a domain; only of the living. */
  readonly ownerOf: (kind: 'email' | 'telegram' | 'domain', value: string) => string | undefined
  /** Companies that are there, by their ids and those of what went into them by merges. */
  readonly companies: ReadonlyMap<string, Living>
  /** As companies. */
  readonly contacts: ReadonlyMap<string, Living>
  readonly tags: ReadonlySet<string>
  /** Who does not belong to the organisation any more. */
  readonly strangers: ReadonlySet<string>
}

interface Living {
  readonly id: string
  readonly name: string
}
type Found = { key: string; value: string }

/** One question per kind of thing, however many records name it; what is there stays until the end of the transaction. */
export async function findReferences(db: Db, named: Named): Promise<References> {
  const [addresses, domains, companies, contacts, tags, strangers] = await Promise.all([
    addressOwners(db, named),
    unlessEmpty(named.domains, (keys) =>
      sql<Found>`select 'domain ' || domain as key, company_id as value from company_domain where domain = any(${keys})`.execute(db),
    ),
    livingOf(db, 'company', named.companyIds),
    livingOf(db, 'contact', named.contactIds),
    unlessEmpty(named.tagIds, (ids) =>
      sql<Found>`select id as key, '' as value from tag where id = any(${ids}::uuid[]) and deleted_at is null order by id for share`.execute(db),
    ),
    unlessEmpty(named.userIds, (ids) =>
      sql<Found>`select user_id as key, '' as value from member where user_id = any(${ids}::uuid[]) and not is_member order by user_id for share`.execute(db),
    ),
  ])
  const owners = new Map([...addresses, ...domains].map(({ key, value }) => [key, value]))
  const keys = (found: readonly Found[]) => new Set(found.map(({ key }) => key))
  return {
    ownerOf: (kind, value) => owners.get(`${kind} ${value}`),
    companies,
    contacts,
    tags: keys(tags),
    strangers: keys(strangers),
  }
}

async function livingOf(db: Db, record: 'contact' | 'company', named: readonly string[]): Promise<Map<string, Living>> {
  if (named.length === 0) return new Map()
  const { rows } = await sql<Living & { namedId: string }>`
    select given.id as "namedId", living.id, living.name from unnest(${[...new Set(named)]}::uuid[]) as given (id)
      join ${sql.table(record)} as living on living.id = crm.${sql.ref(`survivor_of_${record}`)}(given.id) and living.deleted_at is null
     order by living.id for share of living`.execute(db)
  return new Map(rows.flatMap(({ namedId, ...living }) => [namedId, living.id].map((id): [string, Living] => [id, living])))
}

/** People of a deal who are there, each once, as who they have become; `isKept`: who is not asked for. */
export function livingPeople({ contacts }: References, people: readonly unknown[], isKept: (contactId: string) => boolean): unknown[] {
  const living = new Map<string, unknown>()
  for (const person of people) {
    const named = textOf(person, 'contactId')[0] ?? ''
    const id = isKept(named) ? named : contacts.get(named)?.id
    if (id !== undefined && !living.has(id)) living.set(id, id === named ? person : { ...Object(person), contactId: id })
  }
  return [...living.values()]
}

const addressOwners = (db: Db, { emails, telegrams }: Named): Promise<Found[]> =>
  unlessEmpty([...emails, ...telegrams], () =>
    sql<Found>`select kind || ' ' || value as key, contact_id as value from contact_address
      where (kind = 'email' and value = any(${[...emails]})) or (kind = 'telegram' and value = any(${[...telegrams]}))`.execute(db),
  )

async function unlessEmpty(values: readonly string[], ask: (values: string[]) => Promise<{ rows: Found[] }>): Promise<Found[]> {
  return values.length === 0 ? [] : (await ask([...new Set(values)])).rows
}

/** What the given values name; each as the field of a record holds it. */
export function namedIn(values: readonly { readonly field: string; readonly value: unknown }[]): Named {
  const of = (field: string) => values.filter((one) => one.field === field).map(({ value }) => value)
  const texts = (field: string): string[] => of(field).filter((value): value is string => typeof value === 'string')
  const lists = (field: string): unknown[] => of(field).flatMap((value): unknown[] => (Array.isArray(value) ? value : []))
  const parts = (field: string, part: string): string[] => lists(field).flatMap((item) => textOf(item, part))
  return {
    emails: [...texts('email'), ...parts('emails', 'address')].map((address) => address.trim().toLowerCase()),
    telegrams: parts('telegrams', 'id'),
    domains: lists('domains').filter((value): value is string => typeof value === 'string'),
    companyIds: [...texts('companyId'), ...texts('parentId')],
    contactIds: parts('contacts', 'contactId'),
    tagIds: lists('tagIds').filter((value): value is string => typeof value === 'string'),
    userIds: texts('ownerId'),
  }
}

const textOf = (item: unknown, part: string): string[] => {
  const value: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, part) : undefined
  return typeof value === 'string' ? [value] : []
}
