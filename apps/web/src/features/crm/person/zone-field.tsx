import type { Contact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain, explainField } from '../../../lib/api/explain.ts'
import { zoneName, zoneOptions } from '../../../lib/time/zone-name.ts'
import { SearchedChoice } from '../../../ui/searched-choice.tsx'
import { useUpdateContact } from '../contacts/use-update-contact.ts'
import { FieldRow } from '../records/field-row.tsx'
import { LocalTime } from './local-time.tsx'

/** Where somebody is by the clock, and what it shows there; counts as soon as it is chosen. */
export function ZoneField({ contact, canUpdate }: { contact: Contact; canUpdate: boolean }) {
  const { t, i18n } = useTranslation()
  const update = useUpdateContact(contact)
  const { timeZone } = contact
  const label = t('lists.fields.timeZone')
  const problem = update.error && (explainField(update.error, 'timeZone', t) ?? explain(update.error, t))
  return (
    <FieldRow label={label} problem={problem}>
      {canUpdate ? (
        <SearchedChoice
          isLabelHidden
          isQuiet
          label={label}
          value={timeZone ?? ''}
          options={() => [{ value: '', label: '—' }, ...zoneOptions(timeZone, i18n.language)]}
          shown={timeZone === null ? '—' : zoneName(timeZone, i18n.language)}
          disabled={update.isPending}
          onChange={(next) => update.mutate({ timeZone: next || null })}
        />
      ) : (
        <p className="px-1 py-1">{timeZone === null ? '—' : zoneName(timeZone, i18n.language)}</p>
      )}
      {timeZone !== null && <LocalTime zone={timeZone} />}
    </FieldRow>
  )
}
