import { CUSTOM_PREFIX, FIELDS_OF_IMPORT, type ImportAnalysis, type ImportRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'
import { inputLook } from '../../../ui/field.tsx'

interface ColumnTableProps {
  record: ImportRecord
  columns: ImportAnalysis['columns']
  fields: readonly (string | null)[]
  onChange: (fields: (string | null)[]) => void
}

/** Every column of the file with what stands in it, and what it becomes. */
export function ColumnTable({ record, columns, fields, onChange }: ColumnTableProps) {
  const { t } = useTranslation()
  return (
    <table className="w-full text-sm">
      <thead className="text-left text-xs text-muted max-sm:sr-only">
        <tr>
          <th className="py-1.5 pr-3 font-medium">{t('imports.column')}</th>
          <th className="py-1.5 pr-3 font-medium">{t('imports.samples')}</th>
          <th className="w-56 py-1.5 font-medium">{t('imports.is')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {columns.map(({ heading, samples }, at) => (
          <tr key={at} className="max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:py-2">
            <th scope="row" className="py-2 pr-3 text-left font-medium break-words max-sm:py-0">
              {heading || `#${at + 1}`}
            </th>
            <td className="max-w-64 truncate py-2 pr-3 text-muted max-sm:py-0">{samples.slice(0, 3).join(' · ') || '—'}</td>
            <td className="py-1.5">
              <FieldOf
                record={record}
                label={t('imports.isOf', { column: heading || `#${at + 1}` })}
                value={fields[at] ?? null}
                onChange={(field) => onChange(fields.with(at, field))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface FieldOfProps {
  record: ImportRecord
  label: string
  value: string | null
  onChange: (field: string | null) => void
}

function FieldOf({ record, label, value, onChange }: FieldOfProps) {
  const { t } = useTranslation()
  const custom = (useQuery(fieldsQuery).data?.items ?? []).filter(
    (field) => field.record === record && field.formula === null && !field.isHidden,
  )
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value || null)}
      className={clsx(inputLook, 'h-9', value === null && 'text-muted')}
    >
      <option value="">{t('imports.ignored')}</option>
      {FIELDS_OF_IMPORT[record].map((field) => (
        <option key={field} value={field}>
          {record === 'company' && field === 'name' ? t('imports.companyName') : t(`imports.fields.${field}`)}
        </option>
      ))}
      {custom.length > 0 && (
        <optgroup label={t('imports.ownFields')}>
          {custom.map(({ id, label: name }) => (
            <option key={id} value={CUSTOM_PREFIX + id}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  )
}
