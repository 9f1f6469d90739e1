import type { Ctx } from '../ctx.ts'

/** The person who asks, or null for an API key or a job. */
export const viewerOf = ({ actor }: Pick<Ctx, 'actor'>): string | null => (actor.type === 'user' ? actor.id : null)
