import { type Company, companyUpdated, type UpdateCompany } from '@ai-crm/contracts'
import { requireMember, versionConflict, writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { customChanges, customColumn } from '../fields/change-custom.ts'
import { requireTags } from '../tags/known-tags.ts'
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from './company.ts'
import { mayRead, mayWrite } from './company-reach.ts'
import { changesBetween, type CompanyChanges, newValues } from './company-changes.ts'
import { lockTree, requireParent } from './company-tree.ts'
import { normalDomains } from './given-domains.ts'
import { domainOfAnother, requireFreeDomains } from './free-domains.ts'
import { followCompany } from './follow-company.ts'

/**
 * Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. A new name
 * reaches its people by a job.
 */
export async function updateCompany(ctx: Ctx, companyId: string, expectedVersion: number, input: UpdateCompany): Promise<Company> {
  return ctx.write(async ({ db, emit, enqueue }) => {
    if (input.parentId) await lockTree(ctx, db)
    const current = writable(await lockCompany(ctx, db, companyId), 'company')
    if (current.version !== expectedVersion) throw versionConflict('company', current.version)

    const update = input.domains ? { ...input, domains: normalDomains(input.domains) } : input
    const custom = await customChanges(ctx, db, 'company', input.custom, current.custom)
    const changes = { ...changesBetween(current, update), ...(custom ? { custom } : {}) }
    if (Object.keys(changes).length === 0) return toCompany(current)
    await requireMember(ctx, db, changes.ownerId?.to, 'ownerId')
    if (changes.parentId?.to) await requireParent(ctx, db, companyId, changes.parentId.to)
    if (changes.tagIds) await requireTags(db, changes.tagIds.to, changes.tagIds.from)
    const row = await applyChanges(db, companyId, changes)
    await emit(companyUpdated({ companyId, changes }))
    if (changes.name) await enqueue(followCompany, { companyId }, { key: companyId })
    return toCompany(row)
  })
}

const lockCompany = (ctx: Ctx, db: Db, companyId: string): Promise<(CompanyRow & { mayWrite: boolean }) | undefined> =>
  db
    .selectFrom('company')
    .select([...COMPANY_COLUMNS, mayWrite(ctx).as('mayWrite')])
    .where('id', '=', companyId)
    .where('deletedAt', 'is', null)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()

async function applyChanges(db: Db, companyId: string, changes: CompanyChanges): Promise<CompanyRow> {
  const domains = changes.domains?.to ?? []
  await requireFreeDomains(db, domains, companyId)
  const updated = db
    .updateTable('company')
    .set({ ...newValues(changes), ...customColumn(changes.custom), version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', '=', companyId)
    .returning(COMPANY_COLUMNS)
    .executeTakeFirstOrThrow()
  return updated.catch((error: unknown) => {
    throw domainOfAnother(error, domains)
  })
}
