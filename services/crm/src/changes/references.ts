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
  /** Names of companies that are there. */
  readonly companies: ReadonlyMap<string, string>
  readonly contacts: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
  /** Who does not belong to the organisation any more. */
  readonly strangers: ReadonlySet<string>
}

type Found = { key: string; value: string }

/** One question per kind of thing, however many records name it; what is there stays until the end of the transaction. */
export async function findReferences(db: Db, named: Named): Promise<References> {
  const [addresses, domains, companies, contacts, tags, strangers] = await Promise.all([
    addressOwners(db, named),
    unlessEmpty(named.domains, (keys) =>
      sql<Found>`select 'domain ' || domain as key, company_id as value from company_domain where domain = any(${keys})`.execute(db),
    ),
    unlessEmpty(named.companyIds, (ids) =>
      sql<Found>`select id as key, name as value from company where id = any(${ids}::uuid[]) and deleted_at is null order by id for share`.execute(db),
    ),
    unlessEmpty(named.contactIds, (ids) =>
      sql<Found>`select id as key, '' as value from contact where id = any(${ids}::uuid[]) and deleted_at is null order by id for share`.execute(db),
    ),
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
    companies: new Map(companies.map(({ key, value }) => [key, value])),
    contacts: keys(contacts),
    tags: keys(tags),
    strangers: keys(strangers),
  }
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
