import { MAX_FIELD_OPTIONS, OPTION_COLORS } from '@ai-crm/contracts'
import { Plus, X } from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui/button.tsx'
import { inputLook } from '../../../ui/field.tsx'
import { newOption, type OptionDraft } from './field-draft.ts'
import { ColorDot } from './option-badge.tsx'

interface OptionsEditorProps {
  options: readonly OptionDraft[]
  onChange: (options: readonly OptionDraft[]) => void
}

/** Options by the keyboard: Enter adds the next, Backspace in an empty one removes it, arrows walk, Alt with an arrow moves. */
export function OptionsEditor({ options, onChange }: OptionsEditorProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const focus = (index: number) => setTimeout(() => list.current?.querySelectorAll<HTMLInputElement>('input')[index]?.focus())
  const replace = (index: number, ...by: OptionDraft[]) => onChange(options.toSpliced(index, 1, ...by))
  const insertAfter = (index: number) => {
    if (options.length >= MAX_FIELD_OPTIONS) return
    onChange(options.toSpliced(index + 1, 0, newOption(options.length)))
    focus(index + 1)
  }
  const remove = (index: number) => {
    onChange(options.toSpliced(index, 1))
    focus(Math.max(index - 1, 0))
  }
  const move = (index: number, to: number) => {
    const moved = options[index]
    if (!moved || to < 0 || to >= options.length) return
    onChange(options.toSpliced(index, 1).toSpliced(to, 0, moved))
    focus(to)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, index: number) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) insertAfter(index)
    else if (event.key === 'Backspace' && event.currentTarget.value === '' && options.length > 1) remove(index)
    else if (step !== 0 && event.altKey) move(index, index + step)
    else if (step !== 0) focus(index + step)
    else return
    event.preventDefault()
  }
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">{t('fields.options')}</legend>
      <ul ref={list} className="flex max-h-60 flex-col gap-1.5 overflow-y-auto p-0.5">
        {options.map((option, index) => (
          <li key={option.key} className="flex items-center gap-1.5">
            <ColorDot color={option.color} />
            <input
              aria-label={t('fields.optionName', { number: index + 1 })}
              value={option.label}
              maxLength={100}
              onChange={({ target }) => replace(index, { ...option, label: target.value })}
              onKeyDown={(event) => onKeyDown(event, index)}
              className={`${inputLook} h-8 min-w-0 flex-1`}
            />
            <select
              aria-label={t('fields.optionColor', { number: index + 1 })}
              value={option.color}
              onChange={({ target }) => replace(index, { ...option, color: OPTION_COLORS[target.selectedIndex] ?? 'gray' })}
              className={`${inputLook} h-8 w-auto!`}
            >
              {OPTION_COLORS.map((color) => (
                <option key={color} value={color}>
                  {t(`fields.colors.${color}`)}
                </option>
              ))}
            </select>
            <IconButton label={t('fields.removeOption', { number: index + 1 })} disabled={options.length === 1} onClick={() => remove(index)}>
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="quiet" icon={<Plus />} onClick={() => insertAfter(options.length - 1)}>
          {t('fields.addOption')}
        </Button>
        <span className="text-xs text-faint">{t('fields.optionsHint')}</span>
      </div>
    </fieldset>
  )
}
