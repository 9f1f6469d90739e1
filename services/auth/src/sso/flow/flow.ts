import { createHmac } from 'node:crypto'
import type { PublicCtx } from '../../ctx.ts'

/**
 * States of a flow: begun → spent, by the first callback in the browser that began it, whatever comes of it; or → over, by
 * the clock. Its state parameter is 256 random bits of which we keep the digest.
 */
export const FLOW_SECONDS = 600

const derive = (ctx: Pick<PublicCtx, 'deriveKey'>, purpose: string, state: string): string =>
  createHmac('sha256', ctx.deriveKey(`auth.sso-${purpose}`))
    .update(state)
    .digest('base64url')

/** Never leaves us before the code comes back (RFC 7636): 43 characters. */
export const verifierOf = (ctx: Pick<PublicCtx, 'deriveKey'>, state: string): string => derive(ctx, 'verifier', state)
/** Stands in the ID token: one that was made for another flow is refused. */
export const nonceOf = (ctx: Pick<PublicCtx, 'deriveKey'>, state: string): string => derive(ctx, 'nonce', state)
