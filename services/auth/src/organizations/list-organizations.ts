import type { OrganizationPlace } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

interface Place {
  readonly organizationId: string
  readonly name: string
  readonly slug: string
  readonly erasesAt: Date | null
}

/** Where the signed-in person belongs, by name. Asked for the person of the verified token only. */
export async function listOrganizations(ctx: Ctx): Promise<{ items: OrganizationPlace[] }> {
  if (ctx.actor.type !== 'user') return { items: [] }
  const { rows } = await sql<Place>`select organization_id, name, slug, erases_at from auth.places_of_user(${ctx.actor.id})`.execute(ctx.db)
  return {
    items: rows.map(({ organizationId, name, slug, erasesAt }) => ({
      id: organizationId,
      name,
      slug,
      isCurrent: organizationId === ctx.organizationId,
      erasesAt: erasesAt?.toISOString() ?? null,
    })),
  }
}
