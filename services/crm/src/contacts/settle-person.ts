import { canonicalLanguage, type Contact, type PERSON_FIELDS } from '@ai-crm/contracts'
import { consentInFuture, consentUnsaid } from './errors.ts'

export type Person = Pick<Contact, (typeof PERSON_FIELDS)[number]>
export type GivenPerson = { [Field in keyof Person]?: Person[Field] | undefined }

export const NOBODY_KNOWS: Person = {
  preferredChannel: null,
  timeZone: null,
  language: null,
  consent: null,
  consentOn: null,
  consentSource: null,
  consentNote: null,
}

const OF_CONSENT = ['consentOn', 'consentSource', 'consentNote'] as const

/**
 * What was given with what follows from it. Another consent begins anew: it is of today unless told, and what was said of the former one goes.
 * Throws `consentUnsaid`, `consentInFuture` (422).
 */
export function settlePerson<Given extends GivenPerson>(given: Given, current: Person, today: Date = new Date()): Given & GivenPerson {
  return { ...given, ...spelt(given), ...settleConsent(given, current, today) }
}

/** Of somebody of whom nothing was known. Throws the same. */
export function personOfNew(given: GivenPerson): Person {
  const settled = settlePerson(given, NOBODY_KNOWS)
  return {
    preferredChannel: settled.preferredChannel ?? null,
    timeZone: settled.timeZone ?? null,
    language: settled.language ?? null,
    consent: settled.consent ?? null,
    consentOn: settled.consentOn ?? null,
    consentSource: settled.consentSource ?? null,
    consentNote: settled.consentNote ?? null,
  }
}

function spelt({ timeZone, language }: GivenPerson): GivenPerson {
  return {
    ...(typeof timeZone === 'string' ? { timeZone: spellZone(timeZone) } : {}),
    ...(typeof language === 'string' ? { language: canonicalLanguage(language) } : {}),
  }
}

/** As the data base of zones writes it, but never another name of the same zone. */
function spellZone(given: string): string {
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions()
  return timeZone.toLowerCase() === given.toLowerCase() ? timeZone : given
}

function settleConsent(given: GivenPerson, current: Person, today: Date): GivenPerson {
  const consent = given.consent === undefined ? current.consent : given.consent
  if (consent === null) {
    const said = OF_CONSENT.find((field) => typeof given[field] === 'string')
    if (said) throw consentUnsaid(said)
    return given.consent === undefined ? {} : { consentOn: null, consentSource: null, consentNote: null }
  }
  if (typeof given.consentOn === 'string' && given.consentOn > dayOf(today, 1)) throw consentInFuture()
  const isAnother = consent !== current.consent
  if (!isAnother) return given.consentOn === null ? { consentOn: dayOf(today, 0) } : {}
  return { consentOn: given.consentOn ?? dayOf(today, 0), consentSource: given.consentSource ?? null, consentNote: given.consentNote ?? null }
}

const dayOf = (today: Date, later: number): string => new Date(today.getTime() + later * 86_400_000).toISOString().slice(0, 10)
