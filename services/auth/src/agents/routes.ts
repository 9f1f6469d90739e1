import { internalAgentEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { issueAgentToken } from './issue-agent-token.ts'

export const agentRoutes = [auth.handle(internalAgentEndpoints.issueAgentToken, (ctx, { body }, { caller }) => issueAgentToken(ctx, body, caller))]
