import type { Ctx } from '../ctx.ts'

/** Asked before anything leaves. The seam of the feature flag `webhooks`: while it says no, deliveries wait. */
export const isSendingOn = async (_ctx: Ctx): Promise<boolean> => true

export const SWITCHED_OFF_WAIT_MS = 60_000
