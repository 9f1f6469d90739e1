import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowSelection } from './use-row-selection.ts'

const place = 'absolute left-0 z-1 w-10'
/** Pressed anywhere before the row. */
const whole = 'flex size-full cursor-pointer items-center justify-center'
const look = 'size-4 cursor-pointer accent-accent'

interface SelectBoxProps {
  name: string
  isChecked: boolean
  /** By Tab: one of all rows, as their cells. */
  isReached: boolean
  onToggle: (isRange: boolean) => void
}

/** Before a row. With Shift, everything since the last one that was chosen. */
export function SelectBox({ name, isChecked, isReached, onToggle }: SelectBoxProps) {
  const { t } = useTranslation()
  const isRange = useRef(false)
  return (
    <div role="gridcell" className={clsx(place, 'inset-y-0')}>
      <label className={whole}>
        <input
          type="checkbox"
          tabIndex={isReached ? 0 : -1}
          className={look}
          checked={isChecked}
          aria-label={t('bulk.select', { name })}
          onClick={({ shiftKey }) => {
            isRange.current = shiftKey
          }}
          onChange={() => onToggle(isRange.current)}
        />
      </label>
    </div>
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
    <div role="columnheader" className={clsx(place, 'inset-y-0')}>
      <label className={whole}>
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
