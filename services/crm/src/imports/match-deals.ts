import { sql } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { mayRead } from '../deals/deal-reach.ts'
import type { DealDraft } from '../import-reading/draft.ts'
import type { CompaniesByDomain } from './people-and-companies.ts'

interface Deals {
  isKnown(draft: DealDraft): boolean
  /** Title and company, as search compares names. */
  keyOf(draft: DealDraft): string
}

/** Which of the rows are about a deal within reach that there is: of the same title and company. */
export async function dealsThatAre(asker: Ctx, db: Db, drafts: readonly DealDraft[], byDomain: CompaniesByDomain): Promise<Deals> {
  const companyOf = ({ company, companyDomain }: DealDraft): string =>
    (companyDomain === null ? undefined : byDomain.get(companyDomain)?.company) ?? company ?? ''
  // Folded beforehand: compared with a call, the index is out of reach under row-level security.
  const { rows } = await sql<{ key: string; isKnown: boolean }>`
    with given as materialized (
      select crm.fold_text(title) as title, crm.fold_text(company) as company, place
        from unnest(${drafts.map(({ title }) => title)}::text[], ${drafts.map(companyOf)}::text[]) with ordinality as given (title, company, place))
    select given.title || '/' || given.company as key, exists (
             select from deal left join company on company.id = deal.company_id and ${maySeeCompany(asker)}
              where deal.sort_title = given.title and deal.deleted_at is null and ${mayRead(asker)}
                and coalesce(company.sort_name, '') = given.company) as is_known
      from given order by given.place`.execute(db)
  const byDraft = new Map(drafts.map((draft, at) => [draft, rows[at]]))
  return { isKnown: (draft) => byDraft.get(draft)?.isKnown ?? false, keyOf: (draft) => byDraft.get(draft)?.key ?? '' }
}
