import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { isPermission, PERMISSIONS, type Permission } from '../core/permissions.ts'

/**
 * What a key may be given: everything about the work, and to read about people. Identities and rights are changed by people
 * only, so that a leaked key cannot make itself a way back in.
 */
export const API_KEY_PERMISSIONS: readonly Permission[] = Object.keys(PERMISSIONS)
  .filter(isPermission)
  .filter((permission) => !permission.startsWith('platform.') && (!permission.startsWith('auth.') || permission.endsWith('.read')))

/** Every key begins with this: scanners of code and logs find it. */
export const API_KEY_START = 'crm_live_'

/** An IPv4 or IPv6 address or network, such as `203.0.113.0/24`. */
const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The beginning of the key, to tell keys apart; the rest is shown once, when it is made. */
  prefix: z.string(),
  permissions: z.array(z.string()),
  /** From where it may be used; empty: from everywhere. */
  allowedNetworks: z.array(z.string()),
  /** Cost units per minute. */
  ratePerMinute: z.number().int(),
  createdBy: z.object({ id: z.uuid(), name: z.string().nullable() }),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  /** To about ten minutes. */
  lastUsedAt: Instant.nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreateApiKey = z.object({
  name: Line(100),
  /** A subset of what you may do yourself, and of what keys may do at all. */
  permissions: z.array(z.string().max(100)).min(1).max(100),
  allowedNetworks: z.array(Network).max(20).default([]),
  ratePerMinute: z.number().int().min(1).max(10_000).default(600),
  expiresInDays: z.number().int().min(1).max(730).nullable().default(90),
})
export type CreateApiKey = z.infer<typeof CreateApiKey>

export const CreatedApiKey = z.object({ key: ApiKey, secret: z.string() })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const apiKeyEndpoints = defineEndpoints('auth', {
  listApiKeys: {
    method: 'GET',
    path: '/api-keys',
    summary: 'API keys of the organisation, newest first (at most 200)',
    access: 'auth.api-key.manage',
    idempotency: 'safe',
    response: z.object({ items: z.array(ApiKey).max(200) }),
    status: 200,
  },
  // Exempt: the answer holds the secret, and answers to Idempotency-Keys are stored. A second key is seen and revoked.
  createApiKey: {
    method: 'POST',
    path: '/api-keys',
    summary: 'Make an API key; the answer is the only time that it is shown',
    access: 'auth.api-key.manage',
    stepUp: true,
    idempotency: 'exempt',
    body: CreateApiKey,
    response: CreatedApiKey,
    status: 201,
    cost: 10,
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/api-keys/:keyId',
    summary: 'Revoke an API key: it is dead within ten seconds',
    access: 'auth.api-key.manage',
    idempotency: 'natural',
    params: idParams('keyId'),
    status: 204,
  },
})

export const KeyExchange = z.object({
  /** An ordinary access token whose agent is the key. */
  accessToken: z.string(),
  expiresAt: Instant,
  keyId: z.uuid(),
  organizationId: z.uuid(),
  ratePerMinute: z.number().int(),
})
export type KeyExchange = z.infer<typeof KeyExchange>

/** For other services of the installation: not in `api`, so neither routed nor documented for clients. */
export const internalAuthEndpoints = defineEndpoints('auth', {
  exchangeApiKey: {
    method: 'POST',
    path: '/auth/api-keys/exchange',
    summary: 'The access token that an API key stands for now',
    access: 'internal',
    idempotency: 'exempt',
    body: z.object({ key: z.string().max(200), address: z.string().max(64), userAgent: z.string().max(300) }),
    response: KeyExchange,
    status: 200,
  },
})
