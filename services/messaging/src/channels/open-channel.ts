import { channelCreated, type EventData, type organizationCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'

/** Gives a new organisation its mailbox, `<slug>@<mail domain>`. */
export async function openChannel({ db, emit, config }: Scope, { data }: { data: EventData<typeof organizationCreated> }): Promise<void> {
  const address = `${data.slug}@${config.MAIL_DOMAIN}`.toLowerCase()
  const name = data.name.slice(0, 100)
  const channel = await db
    .insertInto('channel')
    .values({ address, name })
    .onConflict((conflict) => conflict.columns(['organizationId', 'address']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!channel) return

  const { rows } = await sql<{ isOurs: boolean }>`select messaging.claim_inbound_address(${address}, ${channel.id}) as is_ours`.execute(db)
  // Slugs are unique in the installation, so this is a second installation on one database, or a bug: dead letter.
  if (!rows[0]?.isOurs) throw new Error(`The address ${address} belongs to another organisation.`)
  await emit(channelCreated({ channelId: channel.id, kind: 'email', address, name }))
}
