import type { Ctx } from '../ctx.ts'
import { localMailboxOf } from '../local-mailbox/running-mailbox.ts'
import { relayOf, type Relay } from './relay.ts'

/** The configured relay, else the mailbox inside the product; null before that one listens. The client is the same. */
export const transportOf = (config: Ctx['config']): Relay | null => relayOf(config) ?? localMailboxOf(config)
