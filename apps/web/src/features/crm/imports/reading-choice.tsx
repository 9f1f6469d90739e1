import type { ImportReading } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'

const ENCODINGS = ['auto', 'utf-8', 'windows-1251', 'koi8-r', 'ibm866', 'windows-1252', 'utf-16le', 'utf-16be'] as const

/** For a file whose letters were read wrongly: reads it anew. */
export function ReadingChoice({ isBusy, onChange }: { isBusy: boolean; onChange: (reading: ImportReading) => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      className="max-w-64"
      label={t('imports.encoding')}
      value="auto"
      disabled={isBusy}
      options={ENCODINGS.map((value) => ({ value, label: t(`imports.encodings.${value}`) }))}
      onChange={(encoding) => onChange(encoding === 'auto' ? {} : { encoding })}
    />
  )
}
