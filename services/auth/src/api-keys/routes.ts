import { apiKeyEndpoints, internalAuthEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { createApiKey } from './create-api-key.ts'
import { exchangeApiKey } from './exchange-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { revokeApiKey } from './revoke-api-key.ts'

export const apiKeyRoutes = [
  auth.handle(apiKeyEndpoints.listApiKeys, async (ctx) => listApiKeys(ctx)),
  auth.handle(apiKeyEndpoints.createApiKey, async (ctx, { body }) => createApiKey(ctx, body)),
  auth.handle(apiKeyEndpoints.revokeApiKey, async (ctx, { params }) => revokeApiKey(ctx, params.keyId)),
  auth.handle(internalAuthEndpoints.exchangeApiKey, async (ctx, { body }) => exchangeApiKey(ctx, body)),
]
