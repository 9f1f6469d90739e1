import type { PublicCtx } from '../ctx.ts'

/** Factors belong to the person: contexts with and without an organisation may ask for them. */
export type FactorStore = Pick<PublicCtx, 'db' | 'write' | 'deriveKey' | 'deriveKeys'>
