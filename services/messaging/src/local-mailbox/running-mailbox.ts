import type { Relay } from '../smtp-sending/relay.ts'

/** The local mailboxes of this process, by the configuration of their service (one object per running service). */
const mailboxes = new WeakMap<object, Relay>()

export function rememberLocalMailbox(config: object, mailbox: Relay): void {
  mailboxes.set(config, mailbox)
}

/** Null before it listens, and where a relay is configured. */
export const localMailboxOf = (config: object): Relay | null => mailboxes.get(config) ?? null
