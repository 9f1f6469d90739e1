/**
 * A mail of the product itself on its way out. Sent at least once: the reader of a link or a notice is better off with
 * two equal mails (one Message-ID, so most mail programs show one) than with none.
 *
 *   (new)  → queued   auth asked for it
 *   queued → sent     the relay answered 250; without a relay: kept in the local mailbox and in the server's log
 *   queued → queued   not delivered, or nobody knows: again later
 *   queued → failed   the recipient was refused for good, or too many attempts
 *   queued → expired  its link or its news is over: not sent any more
 *
 * Leaving `queued` forgets the sealed parameters.
 */
export const MAX_ATTEMPTS = 10

const FIRST_WAIT_MS = 10_000
const LONGEST_WAIT_MS = 3_600_000

/** Somebody sits and waits for these: soon at first, then slower. `attempts` counts the ones so far. */
export const waitMs = (attempts: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 3 ** (attempts - 1))
