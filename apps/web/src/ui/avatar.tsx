import clsx from 'clsx'
import { initialsOf, tintOf } from './initials.ts'

const sizes = { sm: 'size-5 text-[0.5625rem]', md: 'size-7 text-2xs', lg: 'size-10 text-base' }
/** Hues far enough apart to be told from each other. */
const hues = [20, 75, 150, 220, 266, 310]

const shapes = { round: 'rounded-full', square: 'rounded-md' }

interface AvatarProps {
  name: string
  seed?: string
  size?: keyof typeof sizes
  /** People are round, companies are not. */
  shape?: keyof typeof shapes
}

/** Two letters on a colour that belongs to the name. Decoration: the name stands beside it. */
export function Avatar({ name, seed = name, size = 'md', shape = 'round' }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={clsx('tinted inline-flex shrink-0 items-center justify-center font-semibold tracking-tight select-none', sizes[size], shapes[shape])}
      style={{ '--hue': hues[tintOf(seed, hues.length)] }}
    >
      {initialsOf(name)}
    </span>
  )
}
