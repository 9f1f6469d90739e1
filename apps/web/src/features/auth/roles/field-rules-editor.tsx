import { isRuledField, type FieldRule, type FieldRules } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'
import { Choice } from '../../../ui/field.tsx'

/** Kinds of records with fields that a role can hide or lock, and those fields that there are words for. */
const RECORDS = {
  contact: ['email', 'phone', 'company', 'position', 'note', 'preferredChannel', 'timeZone', 'language', 'consent'],
  company: ['domains', 'website', 'phone', 'address', 'industry', 'size', 'note'],
  deal: ['amountMinor', 'expectedCloseOn', 'lostReason'],
} as const
type Ruled = keyof typeof RECORDS

const ruled: readonly Ruled[] = ['contact', 'company', 'deal']

/** Only rules for fields that the contract knows are sent. */
export function rulesOf(rules: FieldRules): FieldRules {
  const kept = ruled.map((record) => [record, Object.entries(rules[record] ?? {}).filter(([field]) => isRuledField(record, field))] as const)
  return Object.fromEntries(kept.filter(([, entries]) => entries.length > 0).map(([record, entries]) => [record, Object.fromEntries(entries)]))
}

interface FieldRulesEditorProps {
  rules: FieldRules
  onChange: (rules: FieldRules) => void
}

export function FieldRulesEditor({ rules, onChange }: FieldRulesEditorProps) {
  const { t } = useTranslation()
  return (
    <>
      {ruled.map((record) => (
        <fieldset key={record} className="flex flex-col gap-3">
          <legend className="mb-1 text-xs font-semibold text-muted">{t(`roleSettings.fields.${record}`)}</legend>
          {record === 'contact' && <p className="text-xs text-faint">{t('roleSettings.fieldsHint')}</p>}
          <RulesOfRecord record={record} rules={rules[record] ?? {}} onChange={(changed) => onChange({ ...rules, [record]: changed })} />
        </fieldset>
      ))}
    </>
  )
}

type Rules = Readonly<Record<string, FieldRule>>

function RulesOfRecord({ record, rules, onChange }: { record: Ruled; rules: Rules; onChange: (rules: Rules) => void }) {
  const { t } = useTranslation()
  const custom = (useQuery(fieldsQuery).data?.items ?? []).filter((field) => field.record === record)
  const options = [
    { value: 'none', label: t('roleSettings.rule.none') },
    { value: 'read-only', label: t('roleSettings.rule.readOnly') },
    { value: 'hidden', label: t('roleSettings.rule.hidden') },
  ] as const
  const set = (field: string, rule: FieldRule | 'none') => {
    const { [field]: _before, ...others } = rules
    onChange(rule === 'none' ? others : { ...others, [field]: rule })
  }
  return (
    <div className="grid grid-cols-2 gap-3">
      {RECORDS[record].map((field) => (
        <Choice key={field} label={t(`roleSettings.field.${field}`)} value={rules[field] ?? 'none'} options={options} onChange={(rule) => set(field, rule)} />
      ))}
      {custom.map(({ id, label }) => (
        <Choice key={id} label={label} value={rules[`custom.${id}`] ?? 'none'} options={options} onChange={(rule) => set(`custom.${id}`, rule)} />
      ))}
    </div>
  )
}
