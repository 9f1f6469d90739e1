import clsx from 'clsx'
import { Command } from 'cmdk'
import { Check, ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceLook, Field, inputLook, quietLook } from './field.tsx'
import { Popover } from './popover.tsx'

interface SearchedChoiceProps {
  label: string
  error?: string | undefined
  isLabelHidden?: boolean
  value: string
  /** As the button tells it. */
  shown: string
  /** Asked for when they are looked at. */
  options: () => readonly { value: string; label: string }[]
  onChange: (value: string) => void
  disabled?: boolean
  /** Among values, not among controls. */
  isQuiet?: boolean
}

/** One of hundreds, found by any part of what it is called. Not for dialogs: it opens over the page. */
export function SearchedChoice({ label, error, isLabelHidden, value, shown, options, onChange, disabled, isQuiet }: SearchedChoiceProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Field {...{ label, error }} isLabelHidden={isLabelHidden ?? false}>
      {(props) => (
        <Popover
          label={label}
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          trigger={
            <button
              type="button"
              {...props}
              disabled={disabled}
              title={shown}
              className={clsx(
                isQuiet ? [quietLook, 'text-left', value === '' && 'text-faint'] : [inputLook, 'flex h-9 items-center justify-between gap-2 text-left'],
              )}
            >
              <span className="truncate">{shown}</span>
              {!isQuiet && <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />}
            </button>
          }
        >
          <Command label={label} loop filter={byLabel} defaultValue={value} className="flex flex-col gap-1">
            <Command.Input autoFocus aria-label={label} placeholder={t('common.find')} maxLength={100} className={clsx(inputLook, 'h-8')} />
            <Command.List className="max-h-64 overflow-y-auto">
              <Command.Empty className="px-2 py-1.5 text-xs text-faint">{t('common.nothingFits')}</Command.Empty>
              {options().map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  keywords={[option.label, option.value]}
                  className={choiceLook}
                  onSelect={() => {
                    setIsOpen(false)
                    if (option.value !== value) onChange(option.value)
                  }}
                >
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  {option.value === value && <Check aria-label={t('common.chosen')} />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover>
      )}
    </Field>
  )
}

/** Every word of what is typed, wherever it stands in the name or the id. */
const byLabel = (_id: string, typed: string, names: string[] = []): number => {
  const name = names.join(' ').toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word))
    ? 1
    : 0
}
