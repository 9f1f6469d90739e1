import type { CustomFieldKind } from '@ai-crm/contracts'
import { Banknote, CalendarDays, CircleDot, Hash, Link2, ListChecks, SquareCheck, Type, UserRound, Waypoints, type LucideIcon } from 'lucide-react'

const ICONS: Readonly<Record<CustomFieldKind, LucideIcon>> = {
  text: Type,
  number: Hash,
  money: Banknote,
  date: CalendarDays,
  select: CircleDot,
  multiSelect: ListChecks,
  person: UserRound,
  relation: Waypoints,
  url: Link2,
  checkbox: SquareCheck,
}

export function KindIcon({ kind }: { kind: CustomFieldKind }) {
  const Icon = ICONS[kind]
  return <Icon aria-hidden />
}
