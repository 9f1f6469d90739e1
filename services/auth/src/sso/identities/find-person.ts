import { memberJoined, userCreated } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx, Db } from '../../ctx.ts'
import { roleOf } from '../../invitations/invitation.ts'
import { becomeMember, join, lockOpen } from '../../invitations/join.ts'
import { findMember } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { insertAccount } from '../../sign-up/create-account.ts'
import { signUpClosed } from '../../sign-up/errors.ts'
import type { Tables } from '../../tables.ts'
import type { ConnectionRow } from '../connections/connection.ts'
import { domainNotProven, emailUnverified, identityConflict, notInvited } from '../errors.ts'
import { domainOf } from '../policy/captured.ts'
import type { ProvenIdentity } from '../provider/provider.ts'
import { tellOfIdentity } from './tell-person.ts'

interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
}

/**
 * Whom the organisation's own provider means: by its subject whoever was linked before; else by an address that the
 * provider has verified, of a domain that the organisation has proven for this connection. They belong to the
 * organisation when this returns. Throws `emailUnverified`, `domainNotProven`, `notInvited` (403), `identityConflict`
 * (409); for who would get an account without an invitation while sign-up is switched off, `signUpClosed` (403).
 */
export async function findPerson(ctx: Ctx, scope: WriteScope<Tables>, connection: ConnectionRow, identity: ProvenIdentity): Promise<string> {
  const { db } = scope
  // One at a time per organisation for people who come for the first time: two tabs make one account.
  const known = await findIdentity(db, connection, identity)
  if (!known) await sql`select pg_advisory_xact_lock(hashtextextended('auth.sso-join:' || ${ctx.organizationId}::text, 0))`.execute(db)
  const userId = known ?? (await findIdentity(db, connection, identity)) ?? (await link(ctx, scope, connection, identity))
  await db
    .updateTable('ssoIdentity')
    .set({ lastUsedAt: sql<Date>`now()` })
    .where('connectionId', '=', connection.id)
    .where('subject', '=', identity.subject)
    .execute()
  const member = await findMember(db, userId)
  if (member?.disabledAt) throw notInvited()
  if (!member) await letJoin(scope, connection, await readPerson(db, userId))
  return userId
}

async function findIdentity(db: Db, { id }: ConnectionRow, { subject }: ProvenIdentity): Promise<string | undefined> {
  const row = await db.selectFrom('ssoIdentity').select('userId').where('connectionId', '=', id).where('subject', '=', subject).executeTakeFirst()
  return row?.userId
}

const readPerson = (db: Db, id: string): Promise<Person> =>
  db.selectFrom('userAccount').select(['id', 'email', 'name']).where('id', '=', id).executeTakeFirstOrThrow()

async function link(ctx: Ctx, scope: WriteScope<Tables>, connection: ConnectionRow, { subject, email, name }: ProvenIdentity): Promise<string> {
  const { db } = scope
  if (email === null) throw emailUnverified()
  await requireDomain(db, connection, email)
  const account = await db.selectFrom('userAccount').select(['id', 'email', 'name']).where('email', '=', email).executeTakeFirst()
  const person = account ?? (await create(ctx, scope, connection, { email, name }))
  const linked = await db
    .insertInto('ssoIdentity')
    .values({ connectionId: connection.id, subject, userId: person.id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('userId')
    .executeTakeFirst()
  if (!linked) throw identityConflict()
  recordSecurityEvent(scope, {
    kind: 'sso.linked',
    about: { type: 'user', id: person.id },
    details: { connectionId: connection.id },
    by: { type: 'user', id: person.id },
  })
  // Whoever had no account has just come to have one, by this.
  if (account) await tellOfIdentity(ctx, scope, { userId: person.id, template: 'identity-linked', provider: connection.name, account: email })
  return person.id
}

async function requireDomain(db: Db, connection: ConnectionRow, email: string): Promise<void> {
  const proven = await db
    .selectFrom('emailDomain')
    .select('id')
    .where('name', '=', domainOf(email))
    .where('connectionId', '=', connection.id)
    .where('verifiedAt', 'is not', null)
    .executeTakeFirst()
  if (!proven) throw domainNotProven()
}

/** Nobody gets an account who may not join: a refusal leaves nothing behind. */
async function create(
  ctx: Ctx,
  scope: WriteScope<Tables>,
  connection: ConnectionRow,
  { email, name }: { email: string; name: string | null },
): Promise<Person> {
  const invitation = await findInvitation(scope.db, email)
  const role = invitation ? roleOf(invitation) : connection.defaultRole
  if (role === null) throw notInvited()
  if (!invitation && !(await ctx.flags.isOn('sign-up'))) throw signUpClosed()
  const { locale } = await scope.db.selectFrom('organization').select('locale').executeTakeFirstOrThrow()
  const person = { id: uuidv7(), email, name: name ?? email.slice(0, email.indexOf('@')).slice(0, 100) }
  if (!(await insertAccount(scope.db, { userId: person.id, email, name: person.name, locale }))) throw identityConflict()
  await scope.emit(userCreated({ userId: person.id, email, name: person.name, locale, role }), { type: 'user', id: person.id })
  return person
}

/** By their open invitation, else as the connection says; whom somebody removed, by an invitation only. */
async function letJoin(scope: WriteScope<Tables>, { defaultRole }: ConnectionRow, person: Person): Promise<void> {
  const { db } = scope
  const invitation = await findInvitation(db, person.email)
  if (invitation) return join(scope, await lockOpen(scope, invitation.id), person)
  const excluded = await db.selectFrom('ssoExclusion').select('userId').where('userId', '=', person.id).executeTakeFirst()
  if (defaultRole === null || excluded) throw notInvited()
  const by = { type: 'user', id: person.id } as const
  if (!(await becomeMember(db, person.id, defaultRole))) return
  await scope.emit(memberJoined({ userId: person.id, name: person.name, email: person.email, role: defaultRole, invitationId: null }), by)
  recordSecurityEvent(scope, { kind: 'member.joined', about: { type: 'user', id: person.id }, details: { role: defaultRole, by: 'sso' }, by })
}

const findInvitation = (db: Db, email: string) =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where('email', '=', email)
    .where('revokedAt', 'is', null)
    .where('uses', '=', 0)
    .where('expiresAt', '>', sql<Date>`now()`)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
