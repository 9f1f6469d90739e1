import type { FieldOption, OptionColor } from '@ai-crm/contracts'

/** The colour is a dot beside the name, which tells the same. */
const COLORS: Readonly<Record<OptionColor, string>> = {
  gray: 'bg-[#8b8f98]',
  red: 'bg-[#dc4446]',
  orange: 'bg-[#e0762f]',
  yellow: 'bg-[#c99a1c]',
  green: 'bg-[#3d9a50]',
  teal: 'bg-[#2a9a94]',
  blue: 'bg-[#3b7be0]',
  purple: 'bg-[#8457d6]',
  pink: 'bg-[#d0559c]',
}

export const ColorDot = ({ color }: { color: OptionColor }) => <span aria-hidden className={`inline-block size-2 shrink-0 rounded-full ${COLORS[color]}`} />

export const OptionBadge = ({ option }: { option: Pick<FieldOption, 'label' | 'color'> }) => (
  <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-md bg-hover px-1.5 py-0.5 text-xs">
    <ColorDot color={option.color} />
    <span className="truncate">{option.label}</span>
  </span>
)
