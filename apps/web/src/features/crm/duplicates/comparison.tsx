import type { MergeRecord } from '@ai-crm/contracts'
import clsx from 'clsx'
import { Check } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../ui/time.tsx'
import { fieldLabel } from '../lists/offered-fields.ts'
import { type ComparedField, isSameValue, valueOf } from './compared-fields.ts'
import { FieldText } from './field-text.tsx'
import type { Mergeable } from './queries.ts'

interface ComparisonProps {
  record: MergeRecord
  fields: readonly ComparedField[]
  survivor: Mergeable
  other: Mergeable
  /** Fields of which the other's value stays. */
  take: ReadonlySet<string>
  onChoose: (field: string, isOthers: boolean) => void
  nameOf: (userId: string) => string | null
}

/** The two side by side: where they differ, whose value stays; what is listed is united. Lines in which neither has anything are left out. */
export function Comparison({ fields, survivor, other, take, onChoose, ...shown }: ComparisonProps) {
  const { t } = useTranslation()
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">{t('duplicates.comparison')}</caption>
      <colgroup>
        <col className="w-26 md:w-32" />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr className="border-b border-line text-left align-bottom">
          <td />
          {[
            { side: survivor, role: t('duplicates.stays') },
            { side: other, role: t('duplicates.goes') },
          ].map(({ side, role }) => (
            <th key={side.id} scope="col" className="px-2 py-2 font-normal">
              <span className="block text-2xs text-faint">{role}</span>
              <span className="block font-medium break-words">{side.name}</span>
              <span className="block text-2xs text-faint">
                {t('lists.fields.createdAt')} <Time at={side.createdAt} form="relative" />
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const [one, two] = [valueOf(survivor, field), valueOf(other, field)]
          if (one === null && two === null) return null
          return <Line key={field.key} field={field} one={one} two={two} isOthers={take.has(field.key)} onChoose={onChoose} {...shown} />
        })}
      </tbody>
    </table>
  )
}

interface LineProps extends Pick<ComparisonProps, 'record' | 'nameOf' | 'onChoose'> {
  field: ComparedField
  one: unknown
  two: unknown
  isOthers: boolean
}

function Line({ record, field, one, two, isOthers, onChoose, nameOf }: LineProps) {
  const { t } = useTranslation()
  const name = useId()
  const label = field.custom?.label ?? (field.key === 'telegrams' ? t('duplicates.telegram') : fieldLabel(t, record, { key: field.key }))
  const isSame = isSameValue(one, two)
  const isBoth = !isSame && one !== null && two !== null
  const isAsked = field.isChoice && isBoth
  const taken = isAsked ? isOthers : one === null
  return (
    <tr className={clsx('border-b border-line align-top', isSame && 'text-muted')}>
      <th scope="row" className="py-2 pr-2 text-left text-xs font-normal break-words text-muted">
        {label}
        {!isSame && <span className="sr-only">, {t('duplicates.differs')}</span>}
        {field.key === 'consent' && isBoth && <span className="block text-2xs text-faint">{t('duplicates.consentSettled')}</span>}
        {field.isList && isBoth && <span className="block text-2xs text-faint">{t(field.isChoice ? 'duplicates.unitedFirst' : 'duplicates.united')}</span>}
      </th>
      {[
        { value: one, isChosen: !taken, isOther: false },
        { value: two, isChosen: taken, isOther: true },
      ].map(({ value, isChosen, isOther }) => (
        <td key={String(isOther)} className="p-1">
          {isAsked ? (
            <label
              className={clsx(
                'flex cursor-pointer items-start gap-2 rounded-lg border px-2 py-1 has-focus-visible:ring-2 has-focus-visible:ring-accent',
                isChosen ? 'border-accent bg-accent-soft' : 'border-line text-muted hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name={name}
                checked={isChosen}
                onChange={() => onChoose(field.key, isOther)}
                className="mt-1 size-3.5 shrink-0 accent-accent"
                aria-label={t(isOther ? 'duplicates.takeOthers' : 'duplicates.takeOwn', { field: label })}
              />
              <span className="min-w-0 break-words">
                <FieldText field={field} value={value} nameOf={nameOf} />
              </span>
            </label>
          ) : (
            <div className="flex items-start gap-2 px-2 py-1">
              {!isSame && value !== null && <Check aria-hidden className="mt-1 size-3.5 shrink-0 text-accent-text" />}
              <span className="min-w-0 break-words">
                <FieldText field={field} value={value} nameOf={nameOf} />
              </span>
            </div>
          )}
        </td>
      ))}
    </tr>
  )
}
