import { setImmediate as nextTurn } from 'node:timers/promises'
import { companyCreated, type Company } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import { applyPlans } from '../changes/apply-plans.ts'
import { lockRecords } from '../changes/lock-records.ts'
import { isEmpty, type Planned } from '../changes/plan.ts'
import type { CompanyDraft, Drafted } from '../import-reading/draft.ts'
import { draftsOf, type ImportKind, type Storing } from './import-kind.ts'
import { companyFate, knownAmong } from './match-companies.ts'
import { planOfCompany } from './planned-company.ts'
import { tagsOfRows } from './row-tags.ts'
import { insertCompanies } from './store-companies.ts'

type Row = Drafted<CompanyDraft>
type TagsOf = (draft: CompanyDraft) => string[]

/** Companies are known by their domains, then by their name. */
export const COMPANY_IMPORT: ImportKind<CompanyDraft> = {
  record: 'company',
  is: (draft) => draft.record === 'company',
  async meet(asker, db, { policy }, drafts) {
    const known = await knownAmong(asker, db, drafts)
    return {
      fateOf: (draft) => companyFate(draft, known, policy),
      keysOf: ({ domains, name }) => [
        ...domains.map((domain) => `domain/${domain}`),
        ...(policy === 'create' ? [] : [`name/${known.folded.get(name) ?? name}`]),
      ],
      store,
    }
  },
}

async function store(storing: Storing, news: readonly Row[], updates: ReadonlyMap<string, Row>): Promise<Row[]> {
  const { asker, scope } = storing
  const locked = await lockRecords(asker, scope.db, 'company', [...updates.keys()], true)
  const known = [...updates].flatMap(([id, row]) => {
    const company = locked.get(id)
    return company && !company.isDeleted ? [{ row, current: company.state }] : []
  })
  const tagsOf = await tagsOfRows(storing, draftsOf([...news, ...known.map(({ row }) => row)]))
  await create(storing, news, tagsOf)
  await update(storing, known, tagsOf)
  const stored = new Set(known.map(({ row }) => row))
  return [...updates.values()].filter((row) => !stored.has(row))
}

async function create({ scope, settings, result }: Storing, rows: readonly Row[], tagsOf: TagsOf): Promise<void> {
  if (rows.length === 0) return
  const made = rows.map(({ number, draft: { record: _record, tags: _tags, named: _named, ...draft }, draft: whole }) => ({
    number,
    id: uuidV7(),
    values: { ...draft, tagIds: tagsOf(whole), ownerId: draft.ownerId ?? settings.ownerId ?? null },
  }))
  const storing = insertCompanies(
    scope.db,
    made.map(({ id, values }) => ({ id, ...values })),
  )
  storing.catch(() => undefined)
  // As with contacts, events are made ready while PostgreSQL stores.
  await nextTurn()
  await scope.emitAll(made.map(({ id, values }) => companyCreated({ companyId: id, parentId: null, ...values })))
  result.outcomes.push(...made.map(({ number, id }) => ({ ordinal: number, recordId: id, outcome: 'changed' as const, versions: [1, 1] as const })))
  await storing
}

async function update({ asker, scope, settings, result }: Storing, known: readonly { row: Row; current: Company }[], tagsOf: TagsOf): Promise<void> {
  const planned = known.map(({ row, current }) => ({ row, current, plan: planOfCompany(row.draft, current, tagsOf(row.draft), settings.policy) }))
  const real = planned.flatMap(({ current, plan }): Planned[] => (isEmpty(plan) ? [] : [{ id: current.id, version: current.version, state: current, plan }]))
  const versions = real.length === 0 ? new Map() : await applyPlans(asker, scope, 'company', real)
  for (const { row, current } of planned) {
    const made = versions.get(current.id)
    result.outcomes.push({ ordinal: row.number, recordId: current.id, ...(made ? { outcome: 'changed', versions: made } : { outcome: 'unchanged' }) })
  }
}
