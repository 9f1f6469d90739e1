import { API_KEY_PERMISSIONS, type AgentToken, type DelegatedAgent, type ServiceName } from '@ai-crm/contracts'
import type { ServiceCaller } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { findMembership } from '../members/get-me.ts'
import { currentSigner } from '../signing-keys/current-signer.ts'
import { agentRefused } from './errors.ts'

interface Wish {
  readonly agent: DelegatedAgent
  /** For whom it acts. */
  readonly personId: string
}

/** Rules that move and make things by themselves are those of pipelines; drafts, notes and answers are the AI's. */
const OWNERS: Readonly<Record<DelegatedAgent['type'], ServiceName>> = { automation: 'pipeline', ai: 'ai' }

const DELEGATED: ReadonlySet<string> = new Set(API_KEY_PERMISSIONS)

/**
 * What an automation or the AI does it does for a person, with the role, reach and field rules that they have now, and none of what keys may not do at
 * all; at the word of the service that owns such agents only. Throws `agentRefused` (403).
 */
export async function issueAgentToken(publicCtx: PublicCtx, { agent, personId }: Wish, caller: ServiceCaller | null): Promise<AgentToken> {
  if (!caller?.organizationId || caller.service !== OWNERS[agent.type]) throw agentRefused()
  const { organizationId } = caller
  const ctx = publicCtx.enter(organizationId, agent)
  const [membership, sign] = await Promise.all([findMembership(ctx, personId), currentSigner(ctx)])
  if (!membership) throw agentRefused()
  const { me, grant, readAtMs } = membership
  const permissions = me.permissions.filter((name) => DELEGATED.has(name))
  const { token, expiresAt } = await sign({
    userId: personId,
    organizationId,
    role: me.role,
    sessionId: agent.id,
    agent,
    grant: { roleId: grant?.roleId ?? agent.id, permissions, scopes: me.scopes, fields: me.fields },
    issuedAtMs: readAtMs,
  })
  return { accessToken: token, expiresAt: expiresAt.toISOString() }
}
