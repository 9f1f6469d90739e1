import { z } from 'zod'
import { Day, Line } from '../core/page.ts'

/** By what somebody likes to be reached. */
export const CONTACT_CHANNELS = ['email', 'telegram', 'phone'] as const
export const ContactChannel = z.enum(CONTACT_CHANNELS)
export type ContactChannel = z.infer<typeof ContactChannel>

/** Whether somebody lets themselves be written to; nothing there: nobody knows. */
export const CONSENTS = ['given', 'withdrawn'] as const
export const Consent = z.enum(CONSENTS)
export type Consent = z.infer<typeof Consent>

/** A zone of the IANA data base; offsets without a place know nothing of summer time and are refused. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The tag as BCP 47 spells it (`pt-BR`); null where it is no language that anybody has a name for. */
export function canonicalLanguage(tag: string): string | null {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag)
    return canonical !== undefined && languageNames.of(canonical) !== undefined ? canonical : null
  } catch {
    return null
  }
}

export const ContactTimeZone = z.string().trim().max(64).refine(isTimeZone, 'Name a time zone, for example Europe/Berlin')
export const ContactLanguage = z
  .string()
  .trim()
  .max(35)
  .refine((tag) => canonicalLanguage(tag) !== null, 'Name a language by its tag (BCP 47), for example en or pt-BR')

/** In a request. Absent fields stay as they are; null empties one. */
export const givenPerson = {
  preferredChannel: ContactChannel.nullable().optional(),
  timeZone: ContactTimeZone.nullable().optional(),
  language: ContactLanguage.nullable().optional(),
  consent: Consent.nullable().optional(),
  /** Since when; the day of the change, unless told. Not later than tomorrow: it may be that already where somebody is. */
  consentOn: Day.nullable().optional(),
  /** How it was said: a form, a call. Without a consent there is none, and no note. */
  consentSource: Line(200).nullable().optional(),
  consentNote: Line(1000).nullable().optional(),
}

/** In an answer. */
export const shownPerson = {
  preferredChannel: ContactChannel.nullable(),
  timeZone: z.string().nullable(),
  language: z.string().nullable(),
  consent: Consent.nullable(),
  consentOn: z.iso.date().nullable(),
  consentSource: z.string().nullable(),
  consentNote: z.string().nullable(),
}

/** In an event; absent in older ones. */
export const toldPerson = {
  preferredChannel: ContactChannel.nullable().default(null),
  timeZone: z.string().nullable().default(null),
  language: z.string().nullable().default(null),
  consent: Consent.nullable().default(null),
  consentOn: z.string().nullable().default(null),
  consentSource: z.string().nullable().default(null),
  consentNote: z.string().nullable().default(null),
}

const change = <Value extends z.ZodType>(value: Value) => z.object({ from: value.nullable(), to: value.nullable() }).optional()
export const personChanges = {
  preferredChannel: change(ContactChannel),
  timeZone: change(z.string()),
  language: change(z.string()),
  consent: change(Consent),
  consentOn: change(z.string()),
  consentSource: change(z.string()),
  consentNote: change(z.string()),
}

export const PERSON_FIELDS = ['preferredChannel', 'timeZone', 'language', 'consent', 'consentOn', 'consentSource', 'consentNote'] as const
