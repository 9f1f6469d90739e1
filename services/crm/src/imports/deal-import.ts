import { AppError } from '@ai-crm/platform'
import { dealCreated } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { DealDraft, Drafted } from '../import-reading/draft.ts'
import { draftsOf, type ImportKind, type Storing } from './import-kind.ts'
import { dealsThatAre } from './match-deals.ts'
import { findCompanies } from './named-things.ts'
import { companiesByDomain, peopleByEmail, companyRefusal } from './people-and-companies.ts'
import { readStages } from '../stages/stage.ts'
import { holdRules, type MoveRules } from '../stages/move-rules.ts'
import { makeStageTasks } from '../stages/stage-tasks.ts'
import type { MovedDeal } from '../stages/judge-move.ts'
import { tagsOfRows } from './row-tags.ts'

/** A deal is known by its title and its company. What is known is left alone: who has worked on a deal knows it better than a file. */
export const DEAL_IMPORT: ImportKind<DealDraft> = {
  record: 'deal',
  is: (draft) => draft.record === 'deal',
  async meet(asker, db, settings, drafts) {
    const [byDomain, people] = [await companiesByDomain(asker, db, drafts), await peopleByEmail(asker, db, drafts)]
    const refusalOfCompany = await companyRefusal(asker, db, settings, drafts, byDomain)
    const peopleOf = peopleBy(people)
    const companyOf = (draft: DealDraft) => byDomain.get(draft.companyDomain ?? '')?.companyId ?? draft.company
    const rules = await holdRules(asker, db, [...new Set(drafts.map(({ stage }) => stage))], [])
    const isRefused = isRefusedBy(rules, (draft) => ({
      ...draft,
      companyId: companyOf(draft),
      contacts: peopleOf(draft),
      tagIds: draft.tags,
      ownerId: draft.ownerId ?? settings.ownerId ?? null,
    }))
    const deals = settings.policy === 'create' ? null : await dealsThatAre(asker, db, drafts, byDomain)
    return {
      fateOf: (draft) => (deals?.isKnown(draft) ? { kind: 'skip', code: 'crm.import.known' } : { kind: 'create' }),
      keysOf: (draft) => (deals ? [deals.keyOf(draft)] : []),
      refusalOf: (draft) =>
        refusalOfCompany(draft) ??
        (draft.people.every((email) => people.has(email)) ? (isRefused(draft) ? 'crm.deal.move_refused' : null) : 'crm.import.contact_unknown'),
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
    const contacts = peopleBy(people)({ people: emails })
    const ownerId = draft.ownerId ?? settings.ownerId ?? null
    return { number, id: uuidV7(), values: { ...fields, companyId: companyOf(draft), contacts, tagIds: tagsOf(draft), ownerId } }
  })
  const stored = await scope.db
    .insertInto('deal')
    .values(made.map(({ id, values }) => ({ id, ...values, contacts: JSON.stringify(values.contacts), custom: JSON.stringify(values.custom) })))
    .returning(['id', 'pipelineId', 'stageKind', 'stageEnteredAt', 'rank'])
    .execute()
  const stands = new Map(stored.map(({ id, stageEnteredAt, ...where }) => [id, { ...where, stageEnteredAt: stageEnteredAt.toISOString() }]))
  await scope.emitAll(made.map(({ id, values }) => dealCreated({ dealId: id, ...values, ...stands.get(id), isImported: true })))
  const stages = await readStages(scope.db)
  const entered = made.flatMap(({ id, values }) => {
    const stage = stages.get(values.stage)
    return stage ? [{ dealId: id, ownerId: values.ownerId, stage }] : []
  })
  await makeStageTasks(asker, scope, entered)
  result.outcomes.push(...made.map(({ number, id }) => ({ ordinal: number, recordId: id, outcome: 'changed' as const, versions: [1, 1] as const })))
}

type People = ReadonlyMap<string, string>

const peopleBy = (people: People) => (draft: Pick<DealDraft, 'people'>) => {
  const ids = new Set(draft.people.flatMap((email) => people.get(email) ?? []))
  return [...ids].map((contactId) => ({ contactId, role: null }))
}

/** Whether the rules of its stage keep a new deal out; one that enters is counted. */
const isRefusedBy =
  (rules: MoveRules, dealOf: (draft: DealDraft) => MovedDeal) =>
  (draft: DealDraft): boolean => {
    try {
      rules.enter(dealOf(draft), null, draft.stage)
      return false
    } catch (error) {
      if (error instanceof AppError) return true
      throw error
    }
  }
