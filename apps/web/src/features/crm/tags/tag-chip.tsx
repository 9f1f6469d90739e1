import type { TagColor } from '@ai-crm/contracts'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { hueOf } from '../../../ui/hues.ts'

/** Told by its word; the colour only helps. */
export function TagChip({ name, color, onRemove }: { name: string; color: TagColor; onRemove?: () => void }) {
  const { t } = useTranslation()
  return (
    <span
      className={clsx(
        'inline-flex h-5 max-w-44 min-w-0 items-center gap-0.5 rounded-md px-1.5 text-2xs font-medium',
        color === 'gray' ? 'bg-hover text-muted' : 'tinted',
        onRemove && 'pr-0.5',
      )}
      style={{ '--hue': hueOf(color) }}
    >
      <span className="truncate">{name}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={t('tags.takeOff', { name })}
          onClick={onRemove}
          className="flex size-4 shrink-0 items-center justify-center rounded hover:bg-pressed [&_svg]:size-3"
        >
          <X aria-hidden />
        </button>
      )}
    </span>
  )
}
