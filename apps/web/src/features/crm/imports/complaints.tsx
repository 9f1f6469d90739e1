import { CUSTOM_PREFIX, type ImportAnalysis, type ImportComplaint, type ImportSettings } from '@ai-crm/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../../ui/field.tsx'
import { useFields } from '../fields/queries.ts'
import { reasonWord } from './words.ts'

type Replacements = ImportSettings['replacements']

interface ComplaintsProps {
  columns: ImportAnalysis['columns']
  settings: ImportSettings
  complaints: readonly ImportComplaint[]
  mended: Replacements
  onMend: (mended: Replacements) => void
}

/** What is wrong with how many rows; a value of a column is mended for all rows that have it. */
export function Complaints({ columns, settings, complaints, mended, onMend }: ComplaintsProps) {
  const { t } = useTranslation()
  const id = useId()
  const fields = useFields(settings.record)
  const optionsOf = (column: number) => {
    const key = settings.fields[column]
    return fields.find((field) => key === `${CUSTOM_PREFIX}${field.id}`)?.options.filter(({ isArchived }) => !isArchived) ?? []
  }
  const mend = (column: number, from: string, to: string) => {
    const others = mended.filter((one) => one.column !== column || one.from !== from)
    onMend(to === '' ? others : [...others, { column, from, to }])
  }
  return (
    <ul className="flex flex-col gap-4">
      {complaints.map(({ code, column, count, examples }) => {
        const heading = column === null ? null : columns[column]?.heading
        const reason = reasonWord(t, code)
        return (
          <li key={`${code}/${column}`} className="flex flex-col gap-2 rounded-xl border border-line p-4">
            <p className="flex flex-wrap justify-between gap-2 text-sm">
              <span className="font-medium">{heading ? t('imports.inColumn', { column: heading, reason }) : reason}</span>
              <span className="whitespace-nowrap text-muted tabular-nums">{t('imports.times', { count })}</span>
            </p>
            {column === null ? (
              <p className="text-sm text-muted">{examples.map(({ row }) => t('imports.atRow', { row })).join(', ')}</p>
            ) : (
              <div className="grid gap-3 sm:grid-cols-2">
                <datalist id={`${id}-${column}`}>
                  {optionsOf(column).map((option) => (
                    <option key={option.id} value={option.label} />
                  ))}
                </datalist>
                {examples.map(({ row, value }) => (
                  <TextField
                    key={row}
                    list={`${id}-${column}`}
                    label={t('imports.mend', { value })}
                    hint={t('imports.atRow', { row })}
                    value={mended.find((one) => one.column === column && one.from === value)?.to ?? ''}
                    onChange={({ target }) => mend(column, value, target.value)}
                  />
                ))}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
