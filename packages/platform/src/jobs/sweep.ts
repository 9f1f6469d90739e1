import type { Ctx, PublicCtx } from '../context.ts'

/** Work of the clock in every organisation of which the service knows something, one after another. */
export interface Sweep {
  readonly name: string
  /** Five-field cron in UTC. */
  readonly schedule: string
  /** Asked first: where it says no, no organisation is looked at. */
  isNeeded?(ctx: Pick<PublicCtx, 'config'>): boolean
  /** Does a little: plans a job where there is more to do. What it throws is logged, and the others have their turn. */
  handle(ctx: Ctx): Promise<void>
}
