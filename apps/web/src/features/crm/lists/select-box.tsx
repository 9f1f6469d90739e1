import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowSelection } from './use-row-selection.ts'

const place = 'absolute left-0 z-20 flex w-10 cursor-pointer items-center justify-center'
const look = 'size-4 cursor-pointer accent-accent'

interface SelectBoxProps {
  name: string
  isChecked: boolean
  onToggle: (isRange: boolean) => void
}

/** Before a row. With Shift, everything since the last one that was chosen. */
export function SelectBox({ name, isChecked, onToggle }: SelectBoxProps) {
  const { t } = useTranslation()
  const isRange = useRef(false)
  return (
    <label className={clsx(place, 'inset-y-0')}>
      <input
        type="checkbox"
        className={look}
        checked={isChecked}
        aria-label={t('bulk.select', { name })}
        onClick={({ shiftKey }) => {
          isRange.current = shiftKey
        }}
        onChange={() => onToggle(isRange.current)}
      />
    </label>
  )
}

/** Above them: all that are loaded. */
export function SelectAllBox({ rows, selection }: { rows: readonly { readonly id: string }[]; selection: RowSelection }) {
  const { t } = useTranslation()
  const box = useRef<HTMLInputElement>(null)
  const chosen = rows.filter(({ id }) => selection.has(id)).length
  const isSome = chosen > 0 && chosen < rows.length
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome
  }, [isSome])
  return (
    <div className="sticky top-0 z-20 h-0 max-md:hidden">
      <label className={clsx(place, 'top-0 h-8')}>
        <input
          ref={box}
          type="checkbox"
          className={look}
          checked={chosen > 0 && chosen === rows.length}
          aria-label={t('bulk.selectLoaded')}
          onChange={selection.toggleLoaded}
        />
      </label>
    </div>
  )
}
