import type { ListRecord } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'
import { isGroupable } from './groups.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'

interface GroupChoiceProps {
  record: ListRecord
  fields: readonly ShownField[]
  value: string | undefined
  onChange: (key: string | undefined) => void
}

/** By what the records of a list are put together. */
export function GroupChoice({ record, fields, value, onChange }: GroupChoiceProps) {
  const { t } = useTranslation()
  const options = fields.filter(isGroupable).map((field) => ({ value: field.key, label: t('lists.groups.by', { field: fieldLabel(t, record, field) }) }))
  return (
    <Choice
      isLabelHidden
      label={t('lists.groups.label')}
      value={value ?? ''}
      options={[{ value: '', label: t('lists.groups.off') }, ...options]}
      onChange={(key) => onChange(key || undefined)}
      className="h-8! w-auto max-w-44 max-lg:hidden"
    />
  )
}
