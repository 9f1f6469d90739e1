import type { FieldOption } from '@ai-crm/contracts'
import { OptionBadge } from './option-badge.tsx'

const SHOWN = 2

/** The first of the chosen options in a line of a list, and how many more there are. */
export function OptionChips({ options }: { options: readonly FieldOption[] }) {
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden" title={options.map(({ label }) => label).join(', ')}>
      {options.slice(0, SHOWN).map((option) => (
        <OptionBadge key={option.id} option={option} />
      ))}
      {options.length > SHOWN && <span className="shrink-0 text-2xs text-faint">+{options.length - SHOWN}</span>}
    </span>
  )
}
