import { memberJoined, memberRemoved, organizationCreated, userCreated, type ServiceName } from '@ai-crm/contracts'
import { sql, type Kysely, type QueryExecutorProvider } from 'kysely'
import type { Defaulted } from '../db/column-types.ts'
import { defineError } from '../errors.ts'
import { serviceKit, type Consumer } from '../service.ts'
import type { Asker } from './record-reach.ts'

interface MemberTables {
  member: { organizationId: Defaulted<string>; userId: string; isMember: boolean }
  memberRoll: { organizationId: Defaulted<string>; completeSince: Defaulted<Date> }
}

/** The same for a person of another organisation and for nobody at all. */
export const notAMember = defineError(
  'platform.not_a_member',
  422,
  (_field: string) => 'This person does not belong to the organisation. Choose one of its members.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'Not a member of the organisation' }] }),
)

/** Keep a service's `member`, which `requireMember` asks. */
export function memberConsumers(service: ServiceName): readonly Consumer[] {
  const kit = serviceKit<MemberTables>()(service, {})
  return [
    kit.consume({
      name: `${service}.open-member-roll`,
      event: organizationCreated,
      async handle({ db }) {
        await db
          .insertInto('memberRoll')
          .defaultValues()
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      },
    }),
    // Another aggregate than the member: it may come after they left, and says nothing then.
    kit.consume({ name: `${service}.keep-new-user`, event: userCreated, handle: ({ db }, { data }) => note(db, data.userId, true, 'first-only') }),
    kit.consume({ name: `${service}.keep-member`, event: memberJoined, handle: ({ db }, { data }) => note(db, data.userId, true, 'always') }),
    kit.consume({ name: `${service}.forget-member`, event: memberRemoved, handle: ({ db }, { data }) => note(db, data.userId, false, 'always') }),
  ]
}

async function note(db: Kysely<MemberTables>, userId: string, isMember: boolean, when: 'always' | 'first-only'): Promise<void> {
  await db
    .insertInto('member')
    .values({ userId, isMember })
    .onConflict((conflict) => (when === 'always' ? conflict.columns(['organizationId', 'userId']).doUpdateSet({ isMember }) : conflict.doNothing()))
    .execute()
}

/**
 * Before a record is given to somebody: they belong to the organisation, and will until this transaction has committed, so
 * that handing over what a leaving member has finds it. Null is nobody. `field` names what was given. Throws `notAMember` (422).
 */
export async function requireMember(asker: Asker, db: QueryExecutorProvider, userId: string | null | undefined, field: string): Promise<void> {
  if (userId && (await strangersAmong(asker, db, [userId])).length > 0) throw notAMember(field)
}

/**
 * Those who do not belong to the organisation, in the given order and in one query however many they are; the others do until this
 * transaction has committed. Whoever asks is a member by their token.
 */
export async function strangersAmong({ rights }: Asker, db: QueryExecutorProvider, userIds: readonly string[]): Promise<string[]> {
  const others = userIds.filter((userId) => userId !== rights?.userId)
  if (others.length === 0) return []
  // In one order, so that two who mention the same people do not wait for each other.
  const { rows } = await sql<{ userId: string; isMember: boolean }>`select user_id as "userId", is_member as "isMember" from member
    where user_id = any(${others}::uuid[]) order by user_id for share`.execute(db)
  const members = new Set(rows.filter(({ isMember }) => isMember).map(({ userId }) => userId))
  const strangers = others.filter((userId) => !members.has(userId))
  if (strangers.length === 0) return []
  const left = new Set(rows.filter(({ isMember }) => !isMember).map(({ userId }) => userId))
  // Until the roll is complete a person of whom nothing was heard may be a member.
  const { rows: roll } = await sql`select from member_roll`.execute(db)
  return strangers.filter((userId) => roll.length > 0 || left.has(userId))
}
