import type { ListRecord } from '@ai-crm/contracts'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { fieldLabel, type ShownField } from './offered-fields.ts'

interface ColumnMenuProps {
  record: ListRecord
  /** All that could be shown after the first column. */
  fields: readonly ShownField[]
  shown: readonly string[]
  /** Undefined: the usual ones. */
  onChange: (columns: string[] | undefined) => void
}

/** Which columns a table has, and in which order. */
export function ColumnMenu({ record, fields, shown, onChange }: ColumnMenuProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const chosen = shown.flatMap((key) => fields.find((field) => field.key === key) ?? [])
  const others = fields.filter(({ key }) => !shown.includes(key))
  const move = (at: number, by: 1 | -1) => {
    const [one, other] = [shown[at], shown[at + by]]
    if (one !== undefined && other !== undefined) onChange(shown.with(at, other).with(at + by, one))
  }
  return (
    <Popover
      label={t('lists.columns')}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <IconButton label={t('lists.columns')} className="max-md:hidden!">
          <Columns3 />
        </IconButton>
      }
    >
      <ul aria-label={t('lists.columns')} className="flex flex-col">
        {[...chosen, ...others].map((field, at) => {
          const label = fieldLabel(t, record, field)
          const isShown = at < chosen.length
          return (
            <li key={field.key} className="flex h-8 items-center gap-1">
              <label className="flex min-w-0 flex-1 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={isShown}
                  onChange={() => onChange(isShown ? shown.filter((key) => key !== field.key) : [...shown, field.key])}
                  className="size-4 accent-(--color-accent)"
                />
                <span className="truncate">{label}</span>
              </label>
              {isShown && (
                <>
                  <IconButton label={t('lists.columnUp', { field: label })} disabled={at === 0} onClick={() => move(at, -1)} className="size-7!">
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    label={t('lists.columnDown', { field: label })}
                    disabled={at === chosen.length - 1}
                    onClick={() => move(at, 1)}
                    className="size-7!"
                  >
                    <ArrowDown />
                  </IconButton>
                </>
              )}
            </li>
          )
        })}
      </ul>
      <Button kind="quiet" className="mt-2" onClick={() => onChange(undefined)}>
        {t('lists.usualColumns')}
      </Button>
    </Popover>
  )
}
