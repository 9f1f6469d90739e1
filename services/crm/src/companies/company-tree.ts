import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { maySee } from './company-reach.ts'
import { companyUnknown, parentCycle, treeTooDeep } from './errors.ts'

/** Of companies that belong to each other, one above the other. */
export const MAX_LEVELS = 10

/**
 * One change of what belongs to what at a time, per organisation: two that become each other's parent at the same moment would not
 * see each other. Before any company is locked, or the two would wait for each other.
 */
export const lockTree = async (ctx: Ctx, db: Db): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended('crm.company-tree:' || ${ctx.organizationId}::text, 0))`.execute(db))

/** That the company (null: a new one) may belong to the parent; after lockTree. Throws `companyUnknown`, `parentCycle`, `treeTooDeep` (422). */
export async function requireParent(ctx: Ctx, db: Db, companyId: string | null, parentId: string): Promise<void> {
  const [parent, above, below] = await Promise.all([lockLiving(ctx, db, parentId), ancestorsOf(db, parentId), companyId === null ? 1 : levelsOf(db, companyId)])
  if (!parent) throw companyUnknown('parentId')
  if (companyId !== null && above.includes(companyId)) throw parentCycle()
  if (above.length + below > MAX_LEVELS) throw treeTooDeep(MAX_LEVELS)
}

/** The company that somebody names in a request, kept from being deleted or renamed until this transaction is over. */
export const lockLiving = (ctx: Ctx, db: Db, companyId: string): Promise<{ id: string; name: string } | undefined> =>
  db.selectFrom('company').select(['id', 'name']).where('id', '=', companyId).where('deletedAt', 'is', null).where(maySee(ctx)).forShare().executeTakeFirst()

/** Itself and what it belongs to, upwards; what belongs to a company that was merged, and has not followed yet, belongs to what that has become. */
export async function ancestorsOf(db: Db, companyId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above (id, parent_id, level) as (
      select id, coalesce(merged_into, parent_id), 1 from company where id = ${companyId}
      union all
      select company.id, coalesce(company.merged_into, company.parent_id), above.level + 1 from above join company on company.id = above.parent_id where above.level <= ${MAX_LEVELS}
    )
    select id from above`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many levels hang below, itself among them. */
export async function levelsOf(db: Db, companyId: string): Promise<number> {
  const { rows } = await sql<{ levels: number }>`
    with recursive below (id, level) as (
      select id, 1 from company where id = ${companyId}
      union all
      select company.id, below.level + 1 from below join company on company.parent_id = below.id where below.level <= ${MAX_LEVELS}
    )
    select coalesce(max(level), 1)::int as levels from below`.execute(db)
  return rows[0]?.levels ?? 1
}
