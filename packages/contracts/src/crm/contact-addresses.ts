import { z } from 'zod'
import { Line } from '../core/page.ts'

/** Labels that every language has a word for; any other text is shown as it was written. */
export const ADDRESS_LABELS = ['work', 'home', 'mobile', 'main', 'other'] as const

/** How many of each kind a contact can have. */
export const MAX_ADDRESSES = 20

const label = Line(50).nullable().default(null)

/** In the order of importance: the first is the primary one. */
export const Emails = z.array(z.strictObject({ address: z.string().trim().max(254).pipe(z.email()), label })).max(MAX_ADDRESSES)
export const Phones = z.array(z.strictObject({ number: Line(40), label })).max(MAX_ADDRESSES)
/** An account by its number, its name, or both. */
export const Telegrams = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[1-9]\d{0,15}$/).nullable().default(null),
      username: z.string().trim().regex(/^@?[A-Za-z][A-Za-z0-9_]{3,31}$/).nullable().default(null),
      label,
    }),
  )
  .max(MAX_ADDRESSES)

/** As it was written; it is compared without regard to case. */
export const ContactEmail = z.object({ address: z.string(), label: z.string().nullable() })
export type ContactEmail = z.infer<typeof ContactEmail>

export const ContactPhone = z.object({
  /** As it was written. */
  number: z.string(),
  label: z.string().nullable(),
  /** What it is compared by (ITU-T E.164); null where it is no number that anybody could dial. */
  e164: z.string().nullable(),
  extension: z.string().nullable(),
  /** For people: `+44 20 7946 0958`. */
  international: z.string().nullable(),
})
export type ContactPhone = z.infer<typeof ContactPhone>

export const ContactTelegram = z.object({ id: z.string().nullable(), username: z.string().nullable(), label: z.string().nullable() })
export type ContactTelegram = z.infer<typeof ContactTelegram>
