import { dealCreated } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { DealDraft, Drafted } from '../import-reading/draft.ts'
import { draftsOf, type ImportKind, type Storing } from './import-kind.ts'
import { dealsThatAre } from './match-deals.ts'
import { findCompanies } from './named-things.ts'
import { companiesByDomain, peopleByEmail, companyRefusal } from './people-and-companies.ts'
import { tagsOfRows } from './row-tags.ts'

/** A deal is known by its title and its company. What is known is left alone: who has worked on a deal knows it better than a file. */
export const DEAL_IMPORT: ImportKind<DealDraft> = {
  record: 'deal',
  is: (draft) => draft.record === 'deal',
  async meet(asker, db, settings, drafts) {
    const [byDomain, people] = [await companiesByDomain(asker, db, drafts), await peopleByEmail(asker, db, drafts)]
    const refusalOfCompany = await companyRefusal(asker, db, settings, drafts, byDomain)
    const deals = settings.policy === 'create' ? null : await dealsThatAre(asker, db, drafts, byDomain)
    return {
      fateOf: (draft) => (deals?.isKnown(draft) ? { kind: 'skip', code: 'crm.import.known' } : { kind: 'create' }),
      keysOf: (draft) => (deals ? [deals.keyOf(draft)] : []),
      refusalOf: (draft) => refusalOfCompany(draft) ?? (draft.people.every((email) => people.has(email)) ? null : 'crm.import.contact_unknown'),
    }
  },
  async store(storing, news) {
    if (news.length > 0) await create(storing, news)
    return []
  },
}

async function create(storing: Storing, rows: readonly Drafted<DealDraft>[]): Promise<void> {
  const { asker, scope, settings, result } = storing
  const drafts = draftsOf(rows)
  const [byDomain, people] = [await companiesByDomain(asker, scope.db, drafts), await peopleByEmail(asker, scope.db, drafts)]
  const isByName = ({ companyDomain }: DealDraft) => companyDomain === null || !byDomain.has(companyDomain)
  const companies = await findCompanies(
    asker,
    scope.db,
    drafts.flatMap((draft) => (isByName(draft) ? (draft.company ?? []) : [])),
    settings,
  )
  await scope.emitAll(companies.events)
  const tagsOf = await tagsOfRows(storing, drafts)
  const companyOf = ({ company, companyDomain }: DealDraft): string | null =>
    byDomain.get(companyDomain ?? '')?.companyId ?? companies.found.get(company ?? '')?.companyId ?? null
  const made = rows.map(({ number, draft }) => {
    const { record: _record, tags: _tags, people: emails, company: _company, companyDomain: _domain, ...fields } = draft
    const contactIds = new Set(emails.flatMap((email) => people.get(email) ?? []))
    const contacts = [...contactIds].map((contactId) => ({ contactId, role: null }))
    const ownerId = draft.ownerId ?? settings.ownerId ?? null
    return { number, id: uuidV7(), values: { ...fields, companyId: companyOf(draft), contacts, tagIds: tagsOf(draft), ownerId } }
  })
  await scope.db
    .insertInto('deal')
    .values(made.map(({ id, values }) => ({ id, ...values, contacts: JSON.stringify(values.contacts), custom: JSON.stringify(values.custom) })))
    .execute()
  await scope.emitAll(made.map(({ id, values }) => dealCreated({ dealId: id, ...values })))
  result.outcomes.push(...made.map(({ number, id }) => ({ ordinal: number, recordId: id, outcome: 'changed' as const, versions: [1, 1] as const })))
}
