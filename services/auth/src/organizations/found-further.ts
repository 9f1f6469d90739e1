import { memberJoined, type Locale, type SignedIn } from '@ai-crm/contracts'
import { isUniqueViolation, type HttpExchange } from '@ai-crm/platform'
import { createHmac } from 'node:crypto'
import type { Ctx, PublicCtx } from '../ctx.ts'
import { sessionOver } from '../sessions/errors.ts'
import { staysHere } from '../sso/errors.ts'
import { claimSlug } from '../sign-up/claim-slug.ts'
import { requireCookieHolder, type CookieHolder } from './cookie-holder.ts'
import { foundingClosed, tooManyOrganizations } from './errors.ts'
import { findPlaces } from './find-places.ts'
import { goOnIn } from './go-on-in.ts'
import { insertOrganization } from './insert-organization.ts'

/** As many as the list of one's organisations shows. */
const MOST = 50

interface Wish {
  readonly name: string
  readonly locale: Locale
}

/**
 * A further organisation of somebody who is signed in; they go on in it as its owner. Throws `sessionOver`,
 * `tooManyOrganizations`, `foundingClosed` (403); whose answer was lost is answered also after the door was closed.
 */
export async function foundFurther(publicCtx: PublicCtx, wish: Wish, http: HttpExchange): Promise<SignedIn> {
  const holder = await requireCookieHolder(publicCtx, http)
  const { userId } = holder.known
  if (holder.voucher?.by === 'connection') throw staysHere()
  const organizationId = idFor(publicCtx, holder, wish.name)
  const places = await findPlaces(publicCtx, userId)
  if (!places.includes(organizationId)) {
    if (!holder.isAlive) throw sessionOver()
    if (!(await publicCtx.flags.isOn('sign-up'))) throw foundingClosed()
    if (places.length >= MOST) throw tooManyOrganizations(MOST)
    await foundOnce(publicCtx.enter(organizationId, { type: 'user', id: userId }), wish, userId)
  }
  return goOnIn(publicCtx, holder, organizationId, http)
}

/** From cookie and name: two clicks found one organisation, and a lost answer is found again. RFC 9562, version 8. */
function idFor(publicCtx: PublicCtx, { token }: CookieHolder, name: string): string {
  const hex = createHmac('sha256', publicCtx.deriveKey('auth.found-organization')).update(`${token} ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

async function foundOnce(ctx: Ctx, { name, locale }: Wish, userId: string): Promise<void> {
  const person = await ctx.db.selectFrom('userAccount').select(['name', 'email']).where('id', '=', userId).executeTakeFirstOrThrow()
  try {
    await ctx.write(async (scope) => {
      const slug = await claimSlug(scope.db, ctx.organizationId, name)
      await insertOrganization(ctx, scope, { name, slug, locale }, { userId, isNewAccount: false })
      await scope.emit(memberJoined({ userId, ...person, role: 'owner', invitationId: null }))
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    ctx.log.info({ organizationId: ctx.organizationId }, 'a second copy of the request found the organisation there')
  }
}
