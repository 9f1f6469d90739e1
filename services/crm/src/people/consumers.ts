import { memberJoined, userCreated } from '@ai-crm/contracts'
import { crm, type Scope } from '../ctx.ts'

interface Person {
  readonly userId: string
  readonly name: string
  readonly email: string
}

async function note({ db }: Scope, { userId, name, email }: Person): Promise<void> {
  await db
    .insertInto('person')
    .values({ userId, name, email })
    .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doUpdateSet({ name, email }))
    .execute()
}

/** Keep what members are called. */
export const personConsumers = [
  crm.consume({ name: 'crm.name-new-user', event: userCreated, handle: (scope, { data }) => note(scope, data) }),
  crm.consume({ name: 'crm.name-new-member', event: memberJoined, handle: (scope, { data }) => note(scope, data) }),
]
