import { channelCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Scope } from '../ctx.ts'

/** Of what auth tells about an organisation that is founded. */
const Founded = z.looseObject({ name: z.string(), slug: z.string() })

/** Gives a new organisation its mailbox, `<slug>@<mail domain>`. Refused where the address is somebody else's. */
export async function openChannel({ db, emit, config }: Scope, input: unknown): Promise<{ refused: string } | void> {
  const founded = Founded.parse(input)
  const address = `${founded.slug}@${config.MAIL_DOMAIN}`.toLowerCase()
  const name = founded.name.slice(0, 100)
  const known = await db.selectFrom('channel').select('id').where('address', '=', address).executeTakeFirst()
  const channelId = known?.id ?? crypto.randomUUID()
  const { rows } = await sql<{ isOurs: boolean }>`select messaging.claim_inbound_address(${address}, ${channelId}) as is_ours`.execute(db)
  // Slugs are unique in the installation: this is a second installation on one database, or a bug. No repetition helps.
  if (!rows[0]?.isOurs) return { refused: `The address ${address} belongs to another organisation.` }
  if (known) return
  await db.insertInto('channel').values({ id: channelId, address, name }).execute()
  await emit(channelCreated({ channelId, kind: 'email', address, name }))
}

/** Before everything of the organisation is erased: no mail comes in any more. */
export const closeAddresses = (ctx: Ctx): Promise<unknown> => ctx.write(({ db }) => sql`select messaging.release_inbound_addresses()`.execute(db))

/** No mail comes in any more. A channel that was written to already stays until everything of the organisation is erased. */
export async function closeChannel({ db }: Scope): Promise<void> {
  await sql`select messaging.release_inbound_addresses()`.execute(db)
  await db
    .deleteFrom('channel')
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('conversation').select('id'))))
    .execute()
}
