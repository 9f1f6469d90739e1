import type { FieldRule } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'

export type Rules = Record<string, FieldRule>

const FIELDS = ['email', 'phone', 'company', 'position', 'note'] as const

/** Only rules for fields that the contract knows are sent. */
export function rulesOf(rules: Rules, fields: readonly string[]): { contact?: Rules } {
  const kept = Object.fromEntries(Object.entries(rules).filter(([field]) => fields.includes(field)))
  return Object.keys(kept).length === 0 ? {} : { contact: kept }
}

export function FieldRulesEditor({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const { t } = useTranslation()
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
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-xs font-semibold text-muted">{t('roleSettings.fields')}</legend>
      <p className="text-xs text-faint">{t('roleSettings.fieldsHint')}</p>
      <div className="grid grid-cols-2 gap-3">
        {FIELDS.map((field) => (
          <Choice key={field} label={t(`roleSettings.field.${field}`)} value={rules[field] ?? 'none'} options={options} onChange={(rule) => set(field, rule)} />
        ))}
      </div>
    </fieldset>
  )
}
