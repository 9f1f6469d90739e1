import { userCreated, type AcceptedInvitation, type AcceptInvitation } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { v7 as uuidv7 } from 'uuid'
import type { PublicCtx } from '../ctx.ts'
import { findCookieHolder, type CookieHolder } from '../organizations/cookie-holder.ts'
import { goOnIn } from '../organizations/go-on-in.ts'
import { refuseCommonPassword } from '../passwords/common-passwords.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { readSessionCookies, rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession } from '../sessions/start-session.ts'
import { createAccount } from '../sign-up/create-account.ts'
import { detailsNeeded, invitationOver, invitationUnknown, otherAddress, signInFirst } from './errors.ts'
import { findAccountByEmail, findAccountById, findInvitation, type Account, type FoundInvitation } from './find-invitation.ts'
import { fits, requireOpen, roleOf } from './invitation.ts'
import { join, lockOpen } from './join.ts'

/**
 * Joins as who is signed in; else, by a mailed link, as who has its address: opening it has proven that. Somebody with an
 * account joins and then signs in as always, second factor included; somebody without one becomes a new person.
 */
export async function acceptInvitation(publicCtx: PublicCtx, { token, newPerson }: AcceptInvitation, http: HttpExchange): Promise<AcceptedInvitation> {
  const found = await findInvitation(publicCtx, token)
  requireOpen(found.invitation)
  const holder = await findCookieHolder(publicCtx, http)
  if (holder?.isAlive && mayGoOn(holder, found)) return acceptSignedIn(publicCtx, found, holder, http)
  const { kind, email } = found.invitation
  // A link proves nothing of an address, not even of the one that it is for.
  if (kind === 'link' || email === null) throw signInFirst()
  const account = await findAccountByEmail(publicCtx, email)
  if (account) {
    await joinAs(found, account)
    return { email, signedIn: null }
  }
  if (!newPerson) throw detailsNeeded()
  return acceptAsNew(found, { email, ...newPerson }, http)
}

/** A session by one organisation's own provider leads into no other: its person accepts like somebody who is not signed in. */
const mayGoOn = ({ voucher }: CookieHolder, { ctx }: FoundInvitation): boolean => voucher?.by !== 'connection' || voucher.organizationId === ctx.organizationId

async function acceptSignedIn(publicCtx: PublicCtx, found: FoundInvitation, holder: CookieHolder, http: HttpExchange): Promise<AcceptedInvitation> {
  const person = await findAccountById(publicCtx, holder.known.userId)
  if (!person) throw signInFirst()
  if (!fits(found.invitation, person.email)) throw otherAddress()
  await joinAs(found, person)
  if (holder.known.organizationId === found.ctx.organizationId) return { email: person.email, signedIn: await issueAccess(found.ctx, holder.known) }
  return { email: person.email, signedIn: await goOnIn(publicCtx, holder, found.ctx.organizationId, http) }
}

const joinAs = ({ ctx, invitation }: FoundInvitation, person: Account): Promise<void> =>
  ctx.write(async (scope) => join(scope, await lockOpen(scope, invitation.id), person))

interface NewPerson {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly locale: 'en' | 'ru'
}

/** Account, membership and first session, or nothing of it. */
async function acceptAsNew({ ctx, invitation }: FoundInvitation, { password, ...details }: NewPerson, http: HttpExchange): Promise<AcceptedInvitation> {
  await refuseCommonPassword(password, '/newPerson/password', [details.email, details.name])
  const passwordHash = await hashPassword(password)
  const userId = uuidv7()
  const { device } = readSessionCookies(http)
  const session = await ctx.write(async (scope) => {
    const locked = await lockOpen(scope, invitation.id)
    const [row] = locked
    if (!row) throw invitationUnknown()
    // Somebody made the account in this moment: it joins by the same link.
    if (!(await createAccount(scope.db, { userId, ...details }, passwordHash))) throw invitationOver('accepted')
    await scope.emit(userCreated({ userId, ...details, role: roleOf(row) }), { type: 'user', id: userId })
    await join(scope, locked, { id: userId, ...details })
    return startSession(ctx, scope, userId, { device, userAgent: http.userAgent })
  })
  const signedIn = await issueAccess(ctx, { userId, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return { email: details.email, signedIn }
}
