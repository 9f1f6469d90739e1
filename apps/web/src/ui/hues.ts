import type { TagColor } from '@ai-crm/contracts'

/** Hues of oklch, in degrees, of what organisations colour themselves; gray has none. */
export const HUES: Readonly<Record<Exclude<TagColor, 'gray'>, number>> = {
  red: 25,
  orange: 55,
  yellow: 95,
  green: 145,
  teal: 190,
  blue: 255,
  purple: 300,
  pink: 350,
}
export const hueOf = (color: TagColor): number | undefined => (color === 'gray' ? undefined : HUES[color])
