import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../ctx.ts'

/**
 * Until the end of the transaction, nobody else stores a message from one of these addresses or links a contact with it: else each of
 * the two could miss what the other is about to commit. `addresses`: a query of one column. Whoever locks several does so in one statement
 * and in the order of the locks themselves, so that no two wait for each other.
 */
export const lockOf = (addresses: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended(platform.current_organization()::text || address, 0) as key from (${addresses}) as given (address) order by key
  ) as ordered`

const lock = async (db: Db, addresses: RawBuilder<unknown>): Promise<void> => void (await lockOf(addresses).execute(db))

export const lockAddresses = (db: Db, addresses: readonly string[]): Promise<void> => lock(db, sql`select unnest(${[...addresses]}::text[])`)

/** Those by which the contacts are known here: a query for `lockOf`. */
export const addressesOf = (contactIds: readonly string[]): RawBuilder<unknown> => sql`
  select address from contact_address where contact_id = any(${[...contactIds]}::uuid[])
  union select address from contact_other_address where contact_id = any(${[...contactIds]}::uuid[])`
