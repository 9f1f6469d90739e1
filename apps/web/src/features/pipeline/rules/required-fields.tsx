import { CUSTOM_PREFIX } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'

const BUILT_IN = ['amountMinor', 'expectedCloseOn', 'companyId', 'contacts', 'ownerId', 'tagIds'] as const

interface RequiredFieldsProps {
  chosen: readonly string[]
  isLost: boolean
  onChange: (keys: string[]) => void
}

/** Fields that a deal needs a value of. */
export function RequiredFields({ chosen, isLost, onChange }: RequiredFieldsProps) {
  const { t } = useTranslation()
  const customs = (useQuery(fieldsQuery).data?.items ?? []).filter(({ record }) => record === 'deal')
  const options = [
    ...BUILT_IN.map((key) => ({ key, label: key === 'contacts' ? t('deals.people') : t(`lists.fields.${key}`) })),
    ...(isLost ? [{ key: 'lostReason', label: t('lists.fields.lostReason') }] : []),
    ...customs.map(({ id, label }) => ({ key: `${CUSTOM_PREFIX}${id}`, label })),
  ]
  const toggle = (key: string) => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    onChange([...next])
  }
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1.5 text-xs font-medium text-muted">{t('pipelines.requiredFields')}</legend>
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
        {options.map(({ key, label }) => (
          <label key={key} className="flex min-w-0 items-start gap-2 text-sm">
            <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" checked={chosen.includes(key)} onChange={() => toggle(key)} />
            <span className="min-w-0 break-words">{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
