import { defineConfig, erasureVariables } from '@ai-crm/platform'
import { z } from 'zod'

const positiveInteger = z.coerce.number().int().positive()

export const config = defineConfig({
  ...erasureVariables,
  LIVE_LOG_LENGTH: positiveInteger
    .default(10_000)
    .describe('How many live updates an organisation can look back; a client that was away for longer fetches everything anew.'),
  LIVE_TICK_MS: positiveInteger.default(15_000).describe('How often clients are told the newest number, so that a lost last update is noticed.'),
  LIVE_REVOCATION_CHECK_MS: positiveInteger
    .max(4_000)
    .default(3_000)
    .describe('How often it is checked whether the sessions of open sockets have ended, beside being told.'),
  LIVE_PING_MS: positiveInteger
    .default(20_000)
    .describe('How often an open socket is asked whether its client is still there; no answer for half of that closes it.'),
  LIVE_MAX_SOCKETS: positiveInteger.default(10_000).describe('Most open sockets of one process; one more is refused.'),
})
