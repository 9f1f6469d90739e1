import type { Company, UpdateCompany } from '@ai-crm/contracts'
import { toWebsite } from '../../../lib/web-address.ts'

/** The fields that are typed, in the order of the page. */
export const COMPANY_FIELDS = ['name', 'domains', 'website', 'phone', 'address', 'industry', 'note'] as const
export type CompanyField = (typeof COMPANY_FIELDS)[number]

export const fieldLimits: Readonly<Record<CompanyField, number>> = {
  name: 200,
  domains: 2000,
  website: 500,
  phone: 40,
  address: 500,
  industry: 100,
  note: 5000,
}

/** Domains as people write them, one after another. */
export const toDomains = (typed: string): string[] => typed.split(/[\s,;]+/).filter((domain) => domain !== '')

/** What the page shows of a field; null: nothing. */
export function textOf(company: Company, field: CompanyField): string | null {
  // A role may hide any of them: then it is not there.
  if (field === 'domains') return (company.domains ?? []).join(', ') || null
  return company[field] ?? null
}

/** The change that typing leads to, or null when nothing changed or a name would be empty. */
export function changeOf(company: Company, field: CompanyField, typed: string): UpdateCompany | null {
  if (field === 'domains') {
    const domains = toDomains(typed)
    return domains.join() === company.domains.join() ? null : { domains }
  }
  const value = field === 'website' ? toWebsite(typed) : typed.trim() || null
  if (value === company[field] || (field === 'name' && value === null)) return null
  return { [field]: value }
}
