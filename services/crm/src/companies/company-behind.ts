import { sql, type Expression } from 'kysely'
import { companyDomainsOf } from './domain.ts'

/** What a new contact is told of the company behind its address, both null without one. */
export interface CompanyBehind {
  readonly companyId: Expression<string | null>
  readonly company: Expression<string | null>
}

/**
 * The living company to whose domain the address belongs, the closest domain first, as expressions for the statement that needs it:
 * no round trip of its own. The domain is kept from being given up meanwhile, so that no link to a company in deletion is made.
 */
export function companyBehind(address: string): CompanyBehind {
  const domains = companyDomainsOf(address)
  if (domains.length === 0) return { companyId: sql`null::uuid`, company: sql`null::text` }
  const found = sql`from company_domain where domain in (${sql.join(domains)}) order by length(domain) desc limit 1 for share`
  return {
    companyId: sql`(select company_id ${found})`,
    company: sql`(select name from company where company.id = (select company_id ${found}))`,
  }
}
