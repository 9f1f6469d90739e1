import type { Company } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { missingRecord } from '../merges/missing-record.ts'
import { COMPANY_COLUMNS, toCompany } from './company.ts'
import { mayRead } from './company-reach.ts'

export async function getCompany(ctx: Ctx, companyId: string): Promise<Company> {
  const row = await ctx.db
    .selectFrom('company')
    .select(COMPANY_COLUMNS)
    .where('id', '=', companyId)
    .where('deletedAt', 'is', null)
    .where(mayRead(ctx))
    .executeTakeFirst()
  if (!row) throw await missingRecord(ctx, 'company', companyId)
  return toCompany(row)
}
