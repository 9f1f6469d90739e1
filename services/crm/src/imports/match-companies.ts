import type { ImportSettings } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { mayRead, mayWrite } from '../companies/company-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import type { CompanyDraft } from '../import-reading/draft.ts'
import type { Fate } from './import-kind.ts'

interface KnownCompany {
  readonly companyId: string
  /** Within the reach of whoever imports. */
  readonly isSeen: boolean
  readonly mayWrite: boolean
}

export interface KnownCompanies {
  readonly byDomain: ReadonlyMap<string, KnownCompany>
  /** Of those within reach, by the name in the file. */
  readonly byName: ReadonlyMap<string, KnownCompany>
  /** Names as search compares them. */
  readonly folded: ReadonlyMap<string, string>
}

/** The living companies that the rows may be about. Of several with a name the first one counts. */
export async function knownAmong(asker: Ctx, db: Db, drafts: readonly CompanyDraft[]): Promise<KnownCompanies> {
  const [domains, names] = [[...new Set(drafts.flatMap((draft) => draft.domains))], [...new Set(drafts.map(({ name }) => name))]]
  const seen = sql`${mayRead(asker)} as is_seen, ${mayWrite(asker)} as may_write`
  const { rows: byDomain } = await sql<KnownCompany & { domain: string }>`
    select company_domain.domain, company.id as company_id, ${seen}
      from unnest(${domains}::text[]) as given (domain)
     cross join lateral (select domain, company_id from company_domain where company_domain.domain = given.domain limit 1) as company_domain
     cross join lateral (select * from company where company.id = company_domain.company_id limit 1) as company`.execute(db)
  // As in named-things.ts.
  const { rows: byName } = await sql<KnownCompany & { given: string; folded: string }>`
    with given as materialized (select name, crm.fold_text(name) as folded from unnest(${names}::text[]) as given (name))
    select given.name as given, given.folded, company.id as company_id, true as is_seen, ${mayWrite(asker)} as may_write
      from given left join lateral (
        select * from company where company.sort_name = given.folded and company.deleted_at is null and ${mayRead(asker)}
         order by company.sort_name, company.id limit 1) as company on true`.execute(db)
  return {
    byDomain: new Map(byDomain.map(({ domain, ...company }) => [domain, company])),
    byName: new Map(byName.flatMap(({ given, ...company }) => (company.companyId === null ? [] : [[given, company]]))),
    folded: new Map(byName.map(({ given, folded }) => [given, folded])),
  }
}

/** What becomes of a row. */
export function companyFate({ domains, name }: CompanyDraft, { byDomain, byName }: KnownCompanies, policy: ImportSettings['policy']): Fate {
  const owners = domains.flatMap((domain) => byDomain.get(domain) ?? [])
  if (owners.some(({ isSeen }) => !isSeen)) return { kind: 'refuse', code: 'crm.company.domain_taken' }
  const match = owners[0] ?? (policy === 'create' ? undefined : byName.get(name))
  if (!match) return { kind: 'create' }
  if (policy === 'skip' || policy === 'create') return { kind: 'skip', code: 'crm.import.known' }
  if (owners.some(({ companyId }) => companyId !== match.companyId)) return { kind: 'refuse', code: 'crm.import.several_companies' }
  return match.mayWrite ? { kind: 'update', recordId: match.companyId } : { kind: 'refuse', code: 'platform.record_locked' }
}
