import { defineConfig, erasureVariables, secret } from '@ai-crm/platform'
import { z } from 'zod'

const positiveInteger = z.coerce.number().int().positive()

export const config = defineConfig({
  ...erasureVariables,
  AI_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Base URL of an OpenAI-compatible server, with its version path (https://api.example.com/v1). Absent: drafts are written locally, without a model, and say so.',
    ),
  AI_API_KEY: secret(z.string().min(1).optional()).describe('Bearer key of the OpenAI-compatible server; absent where it asks for none.'),
  AI_MODEL: z.string().min(1).default('default').describe('Model that writes the drafts, as its server names it.'),
  AI_DRAFT_TIMEOUT_MS: positiveInteger
    .max(80_000)
    .default(60_000)
    .describe('A model that has not finished by then is abandoned; the draft is written locally instead.'),
  AI_IDLE_TIMEOUT_MS: positiveInteger.default(15_000).describe('A model that sends nothing for so long is abandoned; the draft is written locally instead.'),
  AI_BREAKER_RESET_MS: positiveInteger.default(10_000).describe('How long a model that failed five times in a row is left alone.'),
  AI_DRAFTS_PER_HOUR: positiveInteger.default(300).describe('Most drafts of one organisation in an hour, by itself and asked for together.'),
  AI_AUTO_DRAFTS: z.enum(['on', 'off']).default('on').describe('`off` stops automatic drafts of every organisation at once.'),
})
