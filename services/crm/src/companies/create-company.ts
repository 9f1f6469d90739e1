import { companyCreated, type Company, type CreateCompany } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { changed, customChanges } from '../fields/change-custom.ts'
import { demandedOfNew, requireDemanded } from '../fields/demanded-values.ts'
import { distinctTags, requireTags } from '../tags/known-tags.ts'
import { COMPANY_COLUMNS, toCompany } from './company.ts'
import { lockTree, requireParent } from './company-tree.ts'
import { normalDomains } from './given-domains.ts'
import { domainOfAnother, requireFreeDomains } from './free-domains.ts'

/** Of whoever makes it, unless told. Throws `domainTaken` (409), `notADomain`, `publicMailDomain`, `companyUnknown`, `treeTooDeep`, `tagUnknown`, `notAMember`, what change-custom and demanded-values throw (422). */
export async function createCompany(ctx: Ctx, input: CreateCompany): Promise<Company> {
  const ownerId = input.ownerId === undefined ? (ctx.rights?.userId ?? null) : input.ownerId
  const fields = { ...input, domains: normalDomains(input.domains), tagIds: distinctTags(input.tagIds), ownerId }
  return ctx.write(async ({ db, emit }) => {
    await requireMember(ctx, db, ownerId, 'ownerId')
    await requireTags(db, fields.tagIds, [])
    if (fields.parentId !== null) {
      await lockTree(ctx, db)
      await requireParent(ctx, db, null, fields.parentId)
    }
    await requireFreeDomains(db, fields.domains, null)
    const custom = changed({}, await customChanges(ctx, db, 'company', input.custom, {}))
    const inserted = db
      .insertInto('company')
      .values({ ...fields, custom: JSON.stringify(custom) })
      .returning([...COMPANY_COLUMNS, demandedOfNew('company').as('demanded')])
      .executeTakeFirstOrThrow()
    const row = await inserted.catch((error: unknown) => {
      throw domainOfAnother(error, fields.domains)
    })
    requireDemanded(ctx, 'company', row.demanded, custom)
    await emit(companyCreated({ companyId: row.id, ...fields, custom }))
    return toCompany(row)
  })
}
