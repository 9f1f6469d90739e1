import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { clampWidth, MAX_WIDTH, MIN_WIDTH, USUAL_WIDTH } from './column-widths.ts'

interface ColumnHandleProps {
  label: string
  width: number | undefined
  /** While it is dragged; null: no longer. */
  onDrag: (width: number | null) => void
  /** Null: as wide as usual. */
  onWidth: (width: number | null) => void
  onMove: (by: -1 | 1) => void
}

const STEP_PX = 16

/** The edge of a column: dragged, or by the arrows when it has the focus, with Ctrl moving the column. Home and a double click give the usual width back. */
export function ColumnHandle({ label, width, onDrag, onWidth, onMove }: ColumnHandleProps) {
  const { t } = useTranslation()
  const handle = useRef<HTMLSpanElement>(null)
  const begin = useRef<{ x: number; width: number } | null>(null)
  /** Of a column that nobody has sized; known when somebody comes to its edge. */
  const [shown, setShown] = useState(USUAL_WIDTH)
  const now = () => width ?? handle.current?.parentElement?.getBoundingClientRect().width ?? USUAL_WIDTH
  const dragged = ({ clientX }: PointerEvent) => (begin.current ? clampWidth(begin.current.width + clientX - begin.current.x) : null)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (by === 0 && event.key !== 'Home') return
    event.preventDefault()
    event.stopPropagation()
    if (by === 0) onWidth(null)
    else if (event.ctrlKey || event.metaKey) onMove(by)
    else onWidth(now() + by * STEP_PX)
  }
  return (
    <span
      ref={handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('lists.width', { field: label })}
      aria-valuenow={Math.round(width ?? shown)}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      title={t('lists.widthHint')}
      tabIndex={0}
      onFocus={() => setShown(now())}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        begin.current = { x: event.clientX, width: now() }
      }}
      onPointerMove={(event) => begin.current && onDrag(dragged(event))}
      onPointerUp={(event) => {
        const end = dragged(event)
        const isMoved = begin.current !== null && Math.abs(event.clientX - begin.current.x) > 2
        begin.current = null
        onDrag(null)
        if (isMoved) onWidth(end)
      }}
      onDoubleClick={() => onWidth(null)}
      onKeyDown={onKeyDown}
      className="absolute inset-y-1 right-0 z-1 w-2 cursor-col-resize touch-none rounded-sm after:absolute after:inset-y-0.5 after:right-0.5 after:w-px after:bg-line hover:after:bg-accent focus-visible:after:bg-accent"
    />
  )
}
