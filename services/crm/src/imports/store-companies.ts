import type { Company } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { inSlices } from '../in-slices.ts'

/** Everything that an import writes of a new company. */
export type StoredCompany = Omit<Company, 'parentId' | 'version' | 'createdAt' | 'updatedAt'>

/** What an import says of a company of which it has only the name. */
export const NAME_ALONE = { domains: [], website: null, phone: null, address: null, industry: null, size: null, note: null, tagIds: [], custom: {} }

/** A thousand of them are a parameter or two, not twelve thousand. */
export async function insertCompanies(db: Db, companies: readonly StoredCompany[]): Promise<void> {
  await Promise.all(
    [...inSlices(companies)].map((slice) =>
      sql`
      insert into company (id, name, domains, website, phone, address, industry, size, note, tag_ids, owner_id, custom)
      select id, name, domains, website, phone, address, industry, size, note, "tagIds", "ownerId", custom
        from jsonb_to_recordset(${slice}::jsonb) as given (id uuid, name text, domains text[], website text, phone text, address text, industry text, size text,
          note text, "tagIds" uuid[], "ownerId" uuid, custom jsonb)`.execute(db),
    ),
  )
}
