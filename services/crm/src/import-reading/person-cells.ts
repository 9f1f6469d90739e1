import { isTimeZone, PERSON_FIELDS } from '@ai-crm/contracts'
import type { GivenPerson } from '../contacts/settle-person.ts'
import { channelOf, consentOf, languageOf } from './person-words.ts'
import type { DraftingContext, Taken } from './record-cells.ts'
import { dayOf } from './values.ts'

type Told = { -readonly [Field in keyof GivenPerson]: GivenPerson[Field] }

const LIMITS = { consentSource: 200, consentNote: 1000 } as const

export const isPersonField = (field: string): boolean => PERSON_FIELDS.some((known) => known === field)

/** How somebody likes to be reached, in which language and where, and whether they let themselves be written to. */
export class PersonCells {
  readonly #dates: DraftingContext['settings']['dates']
  readonly #told: Told = {}

  constructor({ settings }: DraftingContext) {
    this.#dates = settings.dates
  }

  take(field: string, text: string): Taken {
    if (field === 'preferredChannel') return this.#keep('preferredChannel', channelOf(text), 'crm.import.channel_unknown')
    if (field === 'language') return this.#keep('language', languageOf(text), 'crm.import.language_unknown')
    if (field === 'timeZone') return this.#keep('timeZone', isTimeZone(text) ? text : null, 'crm.import.zone_unknown')
    if (field === 'consent') return this.#keep('consent', consentOf(text), 'crm.import.consent_unknown')
    if (field === 'consentOn') return this.#keep('consentOn', this.#pastDay(text), 'crm.import.date_invalid')
    const told = field === 'consentSource' ? 'consentSource' : 'consentNote'
    return this.#keep(told, text.length > LIMITS[told] ? null : text.replaceAll(/\s+/g, ' '), 'crm.import.text_too_long')
  }

  #keep<Field extends keyof Told>(field: Field, value: Told[Field] | null, wrong: string): Taken {
    if (value === null) return wrong
    this.#told[field] = value
    return true
  }

  /** Nobody consents tomorrow; where they are it may be that already. */
  #pastDay(text: string): string | null {
    const day = dayOf(text, this.#dates)
    return day === null || day > new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) ? null : day
  }

  /** What is told of a consent says nothing without one. */
  made(): GivenPerson {
    const { consentOn: _on, consentSource: _source, consentNote: _note, ...others } = this.#told
    return others.consent === undefined ? others : { ...this.#told }
  }
}
