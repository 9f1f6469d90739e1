import type { TagColor } from '@ai-crm/contracts'
import clsx from 'clsx'
import { hueOf } from './hues.ts'

/** A colour that somebody chose, beside the name that tells the same. */
export const ColorDot = ({ color }: { color: TagColor }) => (
  <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', color === 'gray' ? 'bg-faint' : 'hued')} style={{ '--hue': hueOf(color) }} />
)
