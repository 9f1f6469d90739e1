import { z } from 'zod'

/** RFC 9457 problem+json: the only shape in which errors leave the system. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable and machine-readable, `service.thing.reason`: clients switch on it and translate it. */
  code: z.string(),
  detail: z.string(),
  /** Quoted by people when they ask for help; found in the logs. */
  requestId: z.string(),
  /** Which fields were wrong: JSON pointers into the body, or `query/limit`, `params/contactId`. */
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Facts that the client needs for its next step (the newer version, seconds to wait). */
  context: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof Problem>
