import { useTranslation } from 'react-i18next'
import { Field, inputLook } from '../../../ui/field.tsx'
import { fieldLabel, relationLabel, type OfferedField } from './offered-fields.ts'

/** The browser's own select, with what belongs to related records in groups of their own. */
export function FieldChoice({ offered, value, onChange }: { offered: readonly OfferedField[]; value: string; onChange: (path: string) => void }) {
  const { t } = useTranslation()
  const groups = Map.groupBy(offered, ({ relation }) => relation)
  return (
    <Field label={t('lists.field')}>
      {(props) => (
        <select {...props} data-first-focus value={value} onChange={({ target }) => onChange(target.value)} className={`${inputLook} h-9`}>
          {[...groups].map(([relation, fields]) => (
            <optgroup key={relation} label={relation === null ? t('lists.own') : relationLabel(t, relation)}>
              {fields.map(({ path, record, field }) => (
                <option key={path} value={path}>
                  {fieldLabel(t, record, field)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  )
}
