import type { View } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { toInstant } from '../instant.ts'
import { mayReadSome } from '../lists/list-record.ts'
import type { Tables } from '../tables.ts'
import { sharingDenied } from './errors.ts'

/** What is read of a view wherever one is answered. Instants as text, as in CONTACT_COLUMNS. */
export const VIEW_COLUMNS = [
  ...(['view.id', 'view.record', 'view.name', 'view.isShared', 'view.ownerId', 'view.filter', 'view.sort', 'view.direction'] as const),
  ...(['view.groupBy', 'view.columns', 'view.position', 'view.version'] as const),
  sql<string>`cast(view.created_at as text)`.as('createdAt'),
  sql<string>`cast(view.updated_at as text)`.as('updatedAt'),
] as const

type ViewRow = Omit<Selectable<Tables['view']>, 'organizationId' | 'createdAt' | 'updatedAt' | 'deletedAt'> & { createdAt: string; updatedAt: string }

export const toView = ({ sort, direction, createdAt, updatedAt, ...row }: ViewRow): View => ({
  ...row,
  order: sort === null || direction === null ? null : { sort, direction },
  createdAt: toInstant(createdAt),
  updatedAt: toInstant(updatedAt),
})

/** Whose personal views these are. Jobs have none. */
export const viewerOf = ({ rights }: Ctx): string => rights?.userId ?? '00000000-0000-0000-0000-000000000000'

/** Living views that everybody has, or this person. */
export const isVisible = (ctx: Ctx): RawBuilder<boolean> => sql<boolean>`view.deleted_at is null and (view.is_shared or view.owner_id = ${viewerOf(ctx)}::uuid)`

/** Throws `sharingDenied` (403). */
export function requireSharing({ rights }: Ctx): void {
  if (rights && !rights.permissions.has('crm.view.share')) throw sharingDenied()
}

/** One change at a time of which views a kind of record has, so that limits hold. */
export const lockViews = async (ctx: Ctx, db: Db): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended('crm.views:' || ${ctx.organizationId}::text, 0))`.execute(db))

/** The view to be changed, at this version where one is named. Throws 404, `versionConflict` (409), `sharingDenied` (403) for shared ones. */
export async function lockView(ctx: Ctx, db: Db, viewId: string, expectedVersion: number | null): Promise<View> {
  const row = await db.selectFrom('view').select(VIEW_COLUMNS).where('id', '=', viewId).where(isVisible(ctx)).forUpdate().executeTakeFirst()
  if (!row || !mayReadSome(ctx, row.record)) throw notFound('view')
  if (row.isShared) requireSharing(ctx)
  if (expectedVersion !== null && row.version !== expectedVersion) throw versionConflict('view', row.version)
  return toView(row)
}
