import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant } from '../core/page.ts'

/** What acts for people without their hand: `id` of the rule of an automation, or of what the AI was asked to do. */
export const DelegatedAgent = z.strictObject({ type: z.enum(['automation', 'ai']), id: z.uuid() })
export type DelegatedAgent = z.infer<typeof DelegatedAgent>

export const AgentToken = z.object({
  /** An ordinary access token of the person, whose agent is the automation or the AI. */
  accessToken: z.string(),
  expiresAt: Instant,
})
export type AgentToken = z.infer<typeof AgentToken>

/** For other services of the installation; the organisation is that of the service token. */
export const internalAgentEndpoints = defineEndpoints('auth', {
  issueAgentToken: {
    method: 'POST',
    path: '/auth/agents/token',
    summary: 'The access token with which an automation or the AI acts for a person now',
    access: 'internal',
    idempotency: 'exempt',
    body: z.strictObject({ agent: DelegatedAgent, personId: z.uuid() }),
    response: AgentToken,
    status: 200,
  },
})
