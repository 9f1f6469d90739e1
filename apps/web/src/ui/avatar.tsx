import clsx from 'clsx'
import { initialsOf, tintOf } from './initials.ts'

const sizes = { sm: 'size-5 text-[0.5625rem]', md: 'size-7 text-2xs', lg: 'size-10 text-base' }
const tints = [
  'bg-[oklch(0.92_0.045_20)] text-[oklch(0.42_0.12_20)]',
  'bg-[oklch(0.93_0.05_75)] text-[oklch(0.42_0.09_70)]',
  'bg-[oklch(0.93_0.05_150)] text-[oklch(0.4_0.09_155)]',
  'bg-[oklch(0.93_0.04_210)] text-[oklch(0.41_0.09_225)]',
  'bg-[oklch(0.92_0.04_265)] text-[oklch(0.43_0.13_266)]',
  'bg-[oklch(0.92_0.045_310)] text-[oklch(0.43_0.13_310)]',
]

/** Two letters on a colour that belongs to the name. Decoration: the name stands beside it. */
export function Avatar({ name, seed = name, size = 'md' }: { name: string; seed?: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden
      className={clsx('inline-flex shrink-0 items-center justify-center rounded-full font-semibold tracking-tight select-none', sizes[size], tints[tintOf(seed, tints.length)])}
    >
      {initialsOf(name)}
    </span>
  )
}
