import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { endSession } from './end-session.ts'
import type { KnownToken } from './find-refresh-token.ts'
import { isOfThisPassword } from './is-of-this-password.ts'
import { isStillVouchedFor } from './is-still-vouched-for.ts'
import { digestOf, successorOf } from './refresh-token.ts'
import { warnPerson } from './warn-person.ts'
import { endOfToken, GRACE_SECONDS } from './session.ts'

export interface RefreshAttempt {
  readonly token: string
  readonly known: KnownToken
  readonly device: string | null
}

export type Rotation =
  | { readonly outcome: 'rotated'; readonly successor: string; readonly expiresAt: Date }
  | { readonly outcome: 'over' }
  | { readonly outcome: 'stolen' }

const SUCCESSOR_KEY = 'auth.refresh-token'
const OVER: Rotation = { outcome: 'over' }

/**
 * Exchanges a token for its successor, in one transaction. The lock on the session puts all exchanges and the end of a
 * family in line, so that no token is born into a family that has just died.
 */
export async function rotateRefreshToken(ctx: Ctx, scope: WriteScope<Tables>, attempt: RefreshAttempt): Promise<Rotation> {
  const { known } = attempt
  const session = await scope.db
    .selectFrom('session')
    .innerJoin('userAccount', 'userAccount.id', 'session.userId')
    .select(['session.deviceDigest', 'session.expiresAt'])
    .where('session.id', '=', known.sessionId)
    .where('session.revokedAt', 'is', null)
    .where('session.expiresAt', '>', sql<Date>`now()`)
    .where(isOfThisPassword)
    .where(isStillVouchedFor)
    .forUpdate('session')
    .executeTakeFirst()
  if (!session) return OVER

  const [successor = '', ...earlier] = ctx.deriveKeys(SUCCESSOR_KEY).map((key) => successorOf(key, attempt.token))
  const expiresAt = endOfToken(ctx.config, new Date(), session.expiresAt)
  const rotated: Rotation = { outcome: 'rotated', successor, expiresAt }
  if (await takeCurrent(scope, known)) {
    noteUse(scope, known)
    await scope.db
      .insertInto('refreshToken')
      .values({ digest: digestOf(successor), tenantId: known.organizationId, sessionId: known.sessionId, userId: known.userId, expiresAt })
      .execute()
    return rotated
  }

  const use = await scope.db
    .selectFrom('refreshToken')
    .select(['rotatedAt', sql<boolean>`rotated_at > clock_timestamp() - make_interval(secs => ${GRACE_SECONDS})`.as('isInGrace')])
    .where('digest', '=', known.digest)
    .executeTakeFirst()
  if (!use?.rotatedAt) return OVER
  const isSameDevice = attempt.device !== null && digestOf(attempt.device).equals(session.deviceDigest)
  if (use.isInGrace && isSameDevice) return { ...rotated, successor: (await findStored(scope, earlier)) ?? successor }
  if (await endSession(scope, known.sessionId, 'refresh-reuse')) await warnPerson(ctx, scope, known.userId, 'session-reuse-detected')
  return { outcome: 'stolen' }
}

/** The master secret may have been exchanged since: then the successor that was given is derived from the one before. */
async function findStored({ db }: WriteScope<Tables>, successors: readonly string[]): Promise<string | undefined> {
  if (successors.length === 0) return undefined
  const stored = await db.selectFrom('refreshToken').select('digest').where('digest', 'in', successors.map(digestOf)).executeTakeFirst()
  return successors.find((successor) => stored?.digest.equals(digestOf(successor)))
}

/** The compare-and-set: true for exactly one caller per token. */
async function takeCurrent({ db }: WriteScope<Tables>, { digest }: KnownToken): Promise<boolean> {
  const taken = await db
    .updateTable('refreshToken')
    .set({ rotatedAt: sql<Date>`clock_timestamp()` })
    .where('digest', '=', digest)
    .where('rotatedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning('sessionId')
    .executeTakeFirst()
  return taken !== undefined
}

/** When and where the session was seen last: in the transaction that renews it anyway, at most once per token. */
function noteUse({ db, origin, atCommit }: WriteScope<Tables>, { sessionId }: KnownToken): void {
  const { client } = origin
  const seen = { lastSeenAt: sql<Date>`now()`, ...(client ? { lastAddress: client.address } : {}) }
  atCommit(db.updateTable('session').set(seen).where('id', '=', sessionId))
}
