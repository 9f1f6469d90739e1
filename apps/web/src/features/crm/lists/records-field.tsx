import type { ListRecord } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { RecordChoice } from '../fields/record-choice.tsx'

interface RecordsFieldProps {
  record: ListRecord
  isSeveral: boolean
  /** Ids of the records. */
  typed: readonly string[]
  onChange: (typed: readonly string[]) => void
}

/** Records that a condition names, found by typing; of several, the next one is found in a line of its own. */
export function RecordsField({ record, isSeveral, typed, onChange }: RecordsFieldProps) {
  const { t } = useTranslation()
  const chosen = typed.filter((id) => id !== '')
  const lines = isSeveral ? [...chosen, ''] : [chosen[0] ?? '']
  return (
    <fieldset className="flex flex-col gap-1.5 [&_[cmdk-list]]:static!">
      <legend className="pb-1 text-xs font-medium text-muted">{t('lists.value')}</legend>
      {lines.map((id, at) => (
        <RecordChoice
          key={id || 'next'}
          record={record}
          field={{ label: t('lists.value') }}
          draft={{ text: id, currency: '', ids: [] }}
          onChange={({ text }) => onChange(distinct([...chosen.slice(0, at), text, ...chosen.slice(at + 1)]))}
        />
      ))}
    </fieldset>
  )
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].filter((id) => id !== '')
