import { sql } from 'kysely'
import { z } from 'zod'
import type { PublicCtx } from '../ctx.ts'
import { baseAddress } from './inbound-address.ts'

export interface InboundChannel {
  organizationId: string
  channelId: string
}
const Row = z.object({ organizationId: z.uuid(), channelId: z.uuid() })

/** Whose mail it is, asked without an organisation: one exact address of ours, through a narrow reviewed function. */
export async function findInboundChannel(ctx: PublicCtx, recipient: string): Promise<InboundChannel | null> {
  const address = baseAddress(recipient)
  if (!address) return null
  const { rows } = await sql`select organization_id, channel_id from messaging.find_inbound_address(${address})`.execute(ctx.db)
  return rows[0] === undefined ? null : Row.parse(rows[0])
}
