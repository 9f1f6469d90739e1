import { z } from 'zod'

/** Query of every list: keyset pages, never OFFSET. `cursor` is opaque, signed and bound to the organisation. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(1000).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A page of a list; `nextCursor` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Path parameters of one id: `idParams('contactId')`. */
export const idParams = <const Name extends string>(name: Name) => z.object({ [name]: z.uuid() } as { [Key in Name]: z.ZodUUID })

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime()

/** A day of the calendar, `2026-01-31`. ISO 8601 has a year 0, the calendar and PostgreSQL have none. */
export const Day = z.iso.date().refine((day) => day > '0001', 'There is no year 0.')

/** Of whoever asks for days: `Europe/Moscow`. Whether there is one of that name is looked at where it is used. */
export const Zone = z.string().max(60).default('UTC')

/** A trimmed line of text that people typed. */
export const Line = (max: number) => z.string().trim().min(1).max(max)
