import { COMPANY_SIZES } from '@ai-crm/contracts'
import { z } from 'zod'
import { isPublicMail, normalDomain } from '../companies/domain.ts'
import type { CompanyDraft } from './draft.ts'
import { CommonCells, type CellTaker, type DraftingContext, type Taken } from './record-cells.ts'

const LIMITS = { name: 200, phone: 40, address: 500, industry: 100, note: 5000 } as const
const MAX_DOMAINS = 20
const Website = z.url({ protocol: /^https?$/ }).max(500)

export class CompanyCells implements CellTaker {
  readonly #common: CommonCells
  readonly #domains: string[] = []
  #website: string | null = null
  #size: CompanyDraft['size'] = null

  constructor(context: DraftingContext) {
    this.#common = new CommonCells(context, LIMITS)
  }

  take(field: string, text: string, given: string): Taken {
    if (field === 'domains') return this.#takeDomains(text)
    if (field === 'website') return this.#takeWebsite(text)
    if (field === 'size') return this.#takeSize(text)
    return this.#common.take(field, text, given)
  }

  #takeDomains(text: string): Taken {
    for (const part of text.split(/[;,\s|]+/).filter((one) => one !== '')) {
      const domain = normalDomain(part)
      if (domain === null) return 'crm.import.domain_invalid'
      if (isPublicMail(domain)) return 'crm.import.domain_public'
      if (!this.#domains.includes(domain)) this.#domains.push(domain)
    }
    return this.#domains.length > MAX_DOMAINS ? 'crm.import.too_many_addresses' : true
  }

  #takeWebsite(text: string): Taken {
    const { data } = Website.safeParse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
    if (data === undefined) return 'crm.import.url_invalid'
    this.#website = data
    return true
  }

  /** One of ours, or a number of employees. */
  #takeSize(text: string): Taken {
    const bare = text.replaceAll(/[\s\u00A0]/g, '').replaceAll('–', '-')
    const employees = /^\d{1,9}$/.test(bare) ? Number(bare) : null
    const found = COMPANY_SIZES.find((size) => size === bare || (employees !== null && employees > 0 && employees <= mostOf(size)))
    this.#size = found ?? null
    return found ? true : 'crm.import.size_unknown'
  }

  made(): CompanyDraft | string {
    const { tags, custom, named, ownerId } = this.#common
    const text = (field: keyof typeof LIMITS) => this.#common.text(field)
    const name = text('name') ?? this.#domains[0]
    if (name === undefined) return 'crm.import.company_nameless'
    return {
      record: 'company',
      name,
      domains: this.#domains,
      website: this.#website,
      phone: text('phone'),
      address: text('address'),
      industry: text('industry'),
      size: this.#size,
      note: text('note'),
      tags,
      ownerId,
      custom,
      named,
    }
  }
}

const mostOf = (size: string): number => Number(size.split('-')[1] ?? Number.POSITIVE_INFINITY)
