import type { SessionEnd } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { endSessions, endSessionsOfUser } from './end-session.ts'
import { isStillVouchedFor } from './is-still-vouched-for.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'

/** Ends every session that a person has in the organisation: with the commit, their tokens and sockets die within seconds. */
export async function endSessionsOf(ctx: Pick<Ctx, 'cache' | 'log'>, scope: WriteScope<Tables>, userId: string, reason: SessionEnd): Promise<void> {
  const ended = await endSessionsOfUser(scope, userId, reason)
  scope.afterCommit(() => void Promise.all(ended.map((sessionId) => refuseAccessTokens(ctx, sessionId))))
}

export type SessionKind = { readonly connectionId: string } | { readonly isRefusedByPolicy: true } | { readonly isVouchedForNoMore: string }

/** Ends all sessions of a kind in the organisation: those that a connection began, that the policy does not allow any more, or that nobody vouches for any more of a person. */
export async function endSessionsWhere(ctx: Ctx, scope: WriteScope<Tables>, kind: SessionKind, reason: SessionEnd): Promise<void> {
  const ended = await endSessions(scope, { such: conditionOf(kind) }, reason)
  scope.afterCommit(() => void Promise.all(ended.map((sessionId) => refuseAccessTokens(ctx, sessionId))))
}

function conditionOf(kind: SessionKind): RawBuilder<boolean> {
  if ('connectionId' in kind) return sql<boolean>`connection_id = ${kind.connectionId}`
  return 'isRefusedByPolicy' in kind ? REFUSED_BY_POLICY : sql<boolean>`user_id = ${kind.isVouchedForNoMore} and not ${isStillVouchedFor}`
}

/** The same rule as sso/policy/way-in.ts, for sessions that began before. */
const REFUSED_BY_POLICY: RawBuilder<boolean> = sql<boolean>`connection_id is null and exists (
  select from auth.membership member
    join auth.user_account person on person.id = member.user_id
    join auth.email_domain domain on domain.organization_id = member.organization_id and domain.verified_at is not null
     and domain.name = split_part(person.email, '@', 2)
    join auth.sso_connection connection on connection.organization_id = domain.organization_id and connection.id = domain.connection_id
     and connection.enabled_at is not null
   where member.organization_id = session.organization_id and member.user_id = session.user_id
     and not (member.role = 'owner' and session.factors && '{totp,passkey,recovery-code,remembered-device}'))`
