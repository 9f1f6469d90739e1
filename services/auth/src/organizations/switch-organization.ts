import type { SignedIn } from '@ai-crm/contracts'
import { notFound, type HttpExchange } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { findPlaces } from './find-places.ts'
import { requireCookieHolder } from './cookie-holder.ts'
import { goOnIn } from './go-on-in.ts'

/** Throws `sessionOver` (401), and `notFound` (404) for an organisation that the person does not belong to. */
export async function switchOrganization(publicCtx: PublicCtx, organizationId: string, http: HttpExchange): Promise<SignedIn> {
  const holder = await requireCookieHolder(publicCtx, http)
  const places = await findPlaces(publicCtx, holder.known.userId)
  if (!places.includes(organizationId)) throw notFound('organization')
  return goOnIn(publicCtx, holder, organizationId, http)
}
