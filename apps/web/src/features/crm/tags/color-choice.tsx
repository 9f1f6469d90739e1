import { TAG_COLORS, type TagColor } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { TagChip } from './tag-chip.tsx'

/** Colours to choose from, each with its name: nobody has to tell them apart by eye. */
export function ColorChoice({ value, onChange }: { value: TagColor; onChange: (color: TagColor) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">{t('tags.color')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {TAG_COLORS.map((color) => (
          <label
            key={color}
            className="flex items-center rounded-lg border border-line-strong p-1 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2"
          >
            <input type="radio" name="color" className="sr-only" checked={value === color} onChange={() => onChange(color)} />
            <TagChip name={t(`tags.colors.${color}`)} color={color} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
