import type { Origin } from '../context.ts'

/** On nobody's behalf: what is folded names whoever did it then. */
export const originOf = (organizationId: string): Origin => ({
  organizationId,
  actor: { type: 'system', id: null },
  correlationId: crypto.randomUUID(),
  causationId: null,
  depth: 0,
  trace: null,
})
