import { isUniqueViolation } from '@ai-crm/platform'
import type { Db } from '../ctx.ts'
import { domainTaken } from './errors.ts'

/** Throws `domainTaken`, naming the first that another living company has: the key of the table would not say which. */
export async function requireFreeDomains(db: Db, domains: readonly string[], companyId: string | null): Promise<void> {
  if (domains.length === 0) return
  const taken = await db
    .selectFrom('companyDomain')
    .select('domain')
    .where('domain', 'in', domains)
    .$if(companyId !== null, (query) => query.where('companyId', '<>', companyId ?? ''))
    .execute()
  const index = domains.findIndex((domain) => taken.some((row) => row.domain === domain))
  if (index >= 0) throw domainTaken(domains[index] ?? '', index)
}

/** `domainTaken` where somebody else has taken one of the domains in this moment; other errors as they are. */
export const domainOfAnother = (error: unknown, domains: readonly string[]): unknown =>
  isUniqueViolation(error, 'company_domain_pkey') ? domainTaken(domains[0] ?? '', 0) : error
