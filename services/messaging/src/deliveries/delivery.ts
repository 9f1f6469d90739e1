/**
 * An outbound message on its way out. Nothing is sent twice, and what may have been sent is never sent again by itself
 * (domain rules C3 to C7).
 *
 *   (new)    → queued     a person replied, or approved a draft; it leaves when the time to take it back is over
 *   (new)    → held       the customer had written again when the approval arrived
 *   queued   → sending    claimed: attempt, lease and fence are committed BEFORE the SMTP transaction
 *   queued   → held       the customer has written again since
 *   queued   → cancelled  a person took it back
 *   sending  → sent       the relay answered 250
 *   sending  → queued     certainly not delivered (4xx, no connection, refused login, our own restart): again later
 *   sending  → failed     certainly not delivered, for good: 5xx, or too many attempts
 *   sending  → unknown    the answer was lost after the final dot, or the lease ran out (its holder died)
 *   unknown  → sent       the answer came after all from the holder of the newest fence
 *   held | failed | unknown → queued     a person says: send (resend_epoch + 1, same bytes, same Message-ID)
 *   held | failed | unknown → cancelled  a person says: discard
 *   failed | unknown        → sent       a person says: treat as sent
 *
 * `unknown` never becomes `queued` without a person's word: SMTP cannot tell whether a message whose answer was lost
 * was delivered (RFC 1047).
 */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'held' | 'cancelled'

export type Decision = 'send' | 'discard' | 'treat-as-sent'

const DECISIONS: Readonly<Partial<Record<DeliveryState, Partial<Record<Decision, DeliveryState>>>>> = {
  held: { send: 'queued', discard: 'cancelled' },
  failed: { send: 'queued', discard: 'cancelled', 'treat-as-sent': 'sent' },
  unknown: { send: 'queued', discard: 'cancelled', 'treat-as-sent': 'sent' },
}

/** What a person's decision makes of a state; null where there is nothing to decide. */
export const decided = (state: DeliveryState, decision: Decision): DeliveryState | null => DECISIONS[state]?.[decision] ?? null

/** How long a claim holds without a sign of life; its holder renews it while the SMTP transaction runs. */
export const LEASE_MS = 20_000
export const HEARTBEAT_MS = 5_000

/** A refused login stops the mailbox for this long: every message would be refused alike (C7). */
export const LOCKED_OUT_MS = 15 * 60_000

/** C7, as Postal does it: the first wait × 1.3ⁿ. `deferrals` counts the failures so far, this one included. */
export const retryDelayMs = (deferrals: number, firstWaitSeconds: number): number => Math.round(firstWaitSeconds * 1000 * 1.3 ** (deferrals - 1))
