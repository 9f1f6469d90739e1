import type { Stage } from '@ai-crm/contracts'
import clsx from 'clsx'
import { hueOf } from '../../../../ui/hues.ts'

/** The colour of a stage, beside its name. */
export const StageDot = ({ stage: { color } }: { stage: Pick<Stage, 'color'> }) => (
  <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', color === 'gray' ? 'bg-faint' : 'hued')} style={{ '--hue': hueOf(color) }} />
)
