import { CONTACT_CHANNELS, rulesWithin, type Contact } from '@ai-crm/contracts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { ChosenField } from './chosen-field.tsx'
import { ConsentField } from './consent-field.tsx'
import { offeredLanguages } from './languages.ts'
import { ZoneField } from './zone-field.tsx'

/** How somebody likes to be reached, when, in which language, and whether at all; what the person's role hides is left out. */
export function PersonFields({ contact, canUpdate }: { contact: Contact; canUpdate: boolean }) {
  const rules = rulesWithin('contact', useFieldRules('contact'))
  const isShown = (field: string) => rules[field] !== 'hidden'
  const mayChange = (field: string) => canUpdate && rules[field] === undefined
  return (
    <>
      {isShown('preferredChannel') && (
        <ChosenField contact={contact} field="preferredChannel" options={CONTACT_CHANNELS} canUpdate={mayChange('preferredChannel')} />
      )}
      {isShown('timeZone') && <ZoneField contact={contact} canUpdate={mayChange('timeZone')} />}
      {isShown('language') && <ChosenField contact={contact} field="language" options={offeredLanguages()} canUpdate={mayChange('language')} />}
      {isShown('consent') && <ConsentField contact={contact} canUpdate={mayChange('consent')} />}
    </>
  )
}
