import type { ImportSettings } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import type { DealDraft } from '../import-reading/draft.ts'
import { knownCompanies, mayMakeCompanies, type FoundCompany, type KnownCompany } from './named-things.ts'

export type CompaniesByDomain = ReadonlyMap<string, FoundCompany>

/** Companies that deals name, by what they name them. */
export interface CompaniesOfDeals {
  readonly byDomain: CompaniesByDomain
  readonly byName: ReadonlyMap<string, KnownCompany>
}

export async function companiesOfDeals(asker: Ctx, db: Db, drafts: readonly DealDraft[]): Promise<CompaniesOfDeals> {
  const names = drafts.flatMap(({ company }) => company ?? [])
  return { byDomain: await companiesByDomain(asker, db, drafts), byName: await knownCompanies(asker, db, names) }
}

/** Companies within reach that deals name by a domain. None of them is deleted until the end of the transaction. */
async function companiesByDomain(asker: Ctx, db: Db, drafts: readonly DealDraft[]): Promise<CompaniesByDomain> {
  const domains = [...new Set(drafts.flatMap(({ companyDomain }) => companyDomain ?? []))]
  if (domains.length === 0) return new Map()
  const rows = await db
    .selectFrom('company')
    .innerJoin('companyDomain', 'companyDomain.companyId', 'company.id')
    .select(['companyDomain.domain', 'company.id', 'company.name'])
    .where('companyDomain.domain', 'in', domains)
    .where('company.deletedAt', 'is', null)
    .where(maySeeCompany(asker))
    .orderBy('company.id')
    .forShare('company')
    .execute()
  return new Map(rows.map(({ domain, id, name }) => [domain, { companyId: id, company: name }]))
}

/** Contacts within reach who take part in deals, by e-mail. None of them is deleted until the end of the transaction. */
export async function peopleByEmail(asker: Ctx, db: Db, drafts: readonly DealDraft[]): Promise<ReadonlyMap<string, string>> {
  const emails = [...new Set(drafts.flatMap(({ people }) => people))]
  const { rights } = asker
  if (emails.length === 0 || (rights && !rights.permissions.has('crm.contact.read'))) return new Map()
  const { rows } = await sql<{ email: string; id: string }>`
    select contact_address.value as email, contact.id
      from unnest(${emails}::text[]) as given (value)
      join contact_address on contact_address.kind = 'email' and contact_address.value = given.value
      join contact on contact.id = contact_address.contact_id and contact.deleted_at is null
     where ${mayReadContact(asker)}
     order by contact.id for share of contact`.execute(db)
  return new Map(rows.map(({ email, id }) => [email, id]))
}

/** Says of a deal whether its company is neither known nor may be made: a deal has no company in words. */
export async function companyRefusal(
  asker: Ctx,
  db: Db,
  settings: ImportSettings,
  drafts: readonly DealDraft[],
  { byDomain, byName: known }: CompaniesOfDeals,
): Promise<(draft: DealDraft) => string | null> {
  const isUnknown = ({ company, companyDomain }: DealDraft) =>
    (company !== null || companyDomain !== null) &&
    !(companyDomain !== null && byDomain.has(companyDomain)) &&
    (company === null || (known.get(company)?.id ?? null) === null)
  const mayMake = drafts.some(isUnknown) && (await mayMakeCompanies(asker, db, settings))
  return (draft) => (isUnknown(draft) && !(mayMake && draft.company !== null) ? 'crm.import.company_unknown' : null)
}
