import type { ListRecord } from '@ai-crm/contracts'
import clsx from 'clsx'
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
  // Where there is little room, beside an open panel too, a list that has groups can be without them, and no other way.
  const isOn = options.some((option) => option.value === value)
  return (
    <div className={clsx('min-w-0 max-lg:hidden', !isOn && '@max-3xl:hidden')}>
      <Choice
        isLabelHidden
        label={t('lists.groups.label')}
        value={value ?? ''}
        options={[{ value: '', label: t('lists.groups.off') }, ...options]}
        onChange={(key) => onChange(key || undefined)}
        className="h-8! w-auto max-w-44"
      />
    </div>
  )
}
