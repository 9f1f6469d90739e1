import { seal, unseal } from '@ai-crm/platform'
import { randomBytes } from 'node:crypto'
import type { Ctx } from '../ctx.ts'

const PREFIX = 'whsec_'
type Sealer = Pick<Ctx, 'organizationId' | 'deriveKey'>

/** Standard Webhooks: 24 to 64 random bytes, base64 behind a prefix. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString('base64')
/** The bytes that sign. */
export const secretBytes = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64')

// A key per organisation, and a binding to the row: what is copied to another row or organisation does not open.
const keyOf = (ctx: Sealer): Buffer => ctx.deriveKey(`webhook.secret:${ctx.organizationId}`)
const bindingOf = (ctx: Sealer, subscriptionId: string): string => `${ctx.organizationId}:${subscriptionId}`

export const sealSecret = (ctx: Sealer, subscriptionId: string, secret: string): Buffer => seal(keyOf(ctx), bindingOf(ctx, subscriptionId), secret)
export const openSecret = (ctx: Sealer, subscriptionId: string, sealed: Buffer): string => unseal(keyOf(ctx), bindingOf(ctx, subscriptionId), sealed)
