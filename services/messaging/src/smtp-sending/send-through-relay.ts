import { resilient } from '@ai-crm/platform'
import type { Relay } from './relay.ts'
import { sendMail, type OutgoingMail, type SendLimits } from './send-mail.ts'
import type { SendOutcome } from './send-outcome.ts'

/** Tells the breaker of a relay that does not work; carries what the caller gets. */
class RelayFault extends Error {
  readonly outcome: SendOutcome
  constructor(outcome: SendOutcome & { reason: string }) {
    super(outcome.reason)
    this.outcome = outcome
  }
}

/** `sendMail` behind the breaker of this relay and account (contract 16). Never rejects. */
export async function sendThroughRelay(relay: Relay, mail: OutgoingMail, limits: SendLimits): Promise<SendOutcome> {
  const call = resilient({
    name: 'smtp',
    credential: `${relay.credentials?.user ?? ''}@${relay.host}:${relay.port}`,
    // Never the first to give up: only sendMail knows whether the final dot has left.
    totalTimeoutMs: 2 * limits.timeoutMs + 10_000,
    isFailure: (error) => error instanceof RelayFault,
  })
  try {
    return await call(async () => {
      const outcome = await sendMail(relay, mail, limits)
      if (outcome.kind === 'unknown' || (outcome.kind === 'deferred' && outcome.isRelayFault)) throw new RelayFault(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof RelayFault) return error.outcome
    // The breaker is open: nothing was sent.
    return { kind: 'deferred', reason: error instanceof Error ? error.message : 'The relay does not work', isRelayFault: true }
  }
}
