import { AppError } from '@ai-crm/platform'
import { dealCreated } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { DealDraft, Drafted } from '../import-reading/draft.ts'
import { draftsOf, type ImportKind, type Storing } from './import-kind.ts'
import { dealsThatAre } from './match-deals.ts'
import { foundOrMade } from './named-things.ts'
import { companiesOfDeals, companyRefusal, peopleByEmail, type CompaniesOfDeals } from './people-and-companies.ts'
import { holdRules, readRules, type MoveRules } from '../stages/move-rules.ts'
import { makeStageTasks } from '../stages/stage-tasks.ts'
import type { MovedDeal } from '../stages/judge-move.ts'
import { tagsOfRows } from './row-tags.ts'
import { insertDeals } from './store-deals.ts'

type Row = Drafted<DealDraft>
type People = ReadonlyMap<string, string>

/** What rows name, and the rules of the stages that they enter. */
interface Named {
  readonly companies: CompaniesOfDeals
  readonly people: People
  readonly rules: MoveRules
}

/** A deal is known by its title and its company. What is known is left alone: who has worked on a deal knows it better than a file. */
export const DEAL_IMPORT: ImportKind<DealDraft> = {
  record: 'deal',
  is: (draft) => draft.record === 'deal',
  async meet(asker, db, settings, drafts, ahead) {
    const targets = [...new Set(drafts.map(({ stage }) => stage))]
    const [companies, people] = [await companiesOfDeals(asker, db, drafts), await peopleByEmail(asker, db, drafts)]
    const rules = await (ahead ? readRules(asker, db, targets, [], ahead.entered) : holdRules(asker, db, targets, []))
    const refusalOfCompany = await companyRefusal(asker, db, settings, drafts, companies)
    const isRefused = isRefusedBy(rules, (draft) => ({
      ...draft,
      companyId: companies.byDomain.get(draft.companyDomain ?? '')?.companyId ?? draft.company,
      contacts: peopleOf(draft, people),
      tagIds: draft.tags,
      ownerId: draft.ownerId ?? settings.ownerId ?? null,
    }))
    const deals = settings.policy === 'create' ? null : await dealsThatAre(asker, db, drafts, companies.byDomain)
    return {
      fateOf: (draft) => (deals?.isKnown(draft) ? { kind: 'skip', code: 'crm.import.known' } : { kind: 'create' }),
      keysOf: (draft) => (deals ? [deals.keyOf(draft)] : []),
      refusalOf: (draft) =>
        refusalOfCompany(draft) ??
        (draft.people.every((email) => people.has(email)) ? (isRefused(draft) ? 'crm.deal.move_refused' : null) : 'crm.import.contact_unknown'),
      async store(storing, news) {
        if (news.length > 0) await create(storing, news, { companies, people, rules })
        return []
      },
    }
  },
}

async function create(storing: Storing, rows: readonly Row[], named: Named): Promise<void> {
  const { asker, scope, settings, result } = storing
  const { people, rules } = named
  const companyOf = await companiesOf(storing, rows, named)
  const tagsOf = await tagsOfRows(storing, draftsOf(rows))
  const made = rows.map(({ number, draft }) => {
    const { record: _record, tags: _tags, named: _named, people: _people, company: _company, companyDomain: _domain, ...fields } = draft
    const ownerId = draft.ownerId ?? settings.ownerId ?? null
    return { number, id: uuidV7(), values: { ...fields, companyId: companyOf(draft), contacts: peopleOf(draft, people), tagIds: tagsOf(draft), ownerId } }
  })
  const stored = await insertDeals(
    scope.db,
    made.map(({ id, values }) => ({ id, ...values })),
  )
  const stands = new Map(stored.map(({ id, stageEnteredAt, ...where }) => [id, { ...where, stageEnteredAt: stageEnteredAt.toISOString() }]))
  await scope.emitAll(made.map(({ id, values }) => dealCreated({ dealId: id, ...values, ...stands.get(id), isImported: true })))
  const entered = made.flatMap(({ id, values }) => {
    const stage = rules.stages.get(values.stage)
    return stage ? [{ dealId: id, ownerId: values.ownerId, stage }] : []
  })
  await makeStageTasks(asker, scope, entered)
  result.outcomes.push(...made.map(({ number, id }) => ({ ordinal: number, recordId: id, outcome: 'changed' as const, versions: [1, 1] as const })))
}

/** A domain counts more than a name; companies that only a name is known of are made. */
async function companiesOf(
  { asker, scope, settings, result }: Storing,
  rows: readonly Row[],
  { companies: { byDomain, byName } }: Named,
): Promise<(draft: DealDraft) => string | null> {
  const isByName = ({ companyDomain }: DealDraft) => companyDomain === null || !byDomain.has(companyDomain)
  const names = new Set(draftsOf(rows).flatMap((draft) => (isByName(draft) ? (draft.company ?? []) : [])))
  const known = [...names].flatMap((name) => byName.get(name) ?? [])
  const { found, events } = await foundOrMade(asker, scope.db, known, settings)
  await scope.emitAll(events)
  result.made.push(...events)
  return ({ company, companyDomain }) => byDomain.get(companyDomain ?? '')?.companyId ?? found.get(company ?? '')?.companyId ?? null
}

function peopleOf({ people }: DealDraft, known: People) {
  const ids = new Set(people.flatMap((email) => known.get(email) ?? []))
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
