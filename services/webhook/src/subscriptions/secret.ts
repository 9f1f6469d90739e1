import { seal, unseal } from '@ai-crm/platform'
import { randomBytes } from 'node:crypto'
import type { Ctx } from '../ctx.ts'

const PREFIX = 'whsec_'
type Sealer = Pick<Ctx, 'organizationId' | 'deriveKey'>
type Opener = Pick<Ctx, 'organizationId' | 'deriveKeys'>

/** Standard Webhooks: 24 to 64 random bytes, base64 behind a prefix. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString('base64')
/** The bytes that sign. */
export const secretBytes = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64')

// A key per organisation, and a binding to the row: what is copied to another row or organisation does not open.
export const secretKey = (organizationId: string): string => `webhook.secret:${organizationId}`
export const secretBinding = (organizationId: string, subscriptionId: string): string => `${organizationId}:${subscriptionId}`

export const sealSecret = (ctx: Sealer, subscriptionId: string, secret: string): Buffer =>
  seal(ctx.deriveKey(secretKey(ctx.organizationId)), secretBinding(ctx.organizationId, subscriptionId), secret)
export const openSecret = (ctx: Opener, subscriptionId: string, sealed: Buffer): string =>
  unseal(ctx.deriveKeys(secretKey(ctx.organizationId)), secretBinding(ctx.organizationId, subscriptionId), sealed)
