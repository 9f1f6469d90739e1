import {
  Banknote,
  CalendarDays,
  CircleDot,
  Hash,
  Link2,
  ListChecks,
  SquareCheck,
  SquareFunction,
  Type,
  UserRound,
  Waypoints,
  type LucideIcon,
} from 'lucide-react'
import type { DraftKind } from './field-draft.ts'

const ICONS: Readonly<Record<DraftKind, LucideIcon>> = {
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
  formula: SquareFunction,
}

export function KindIcon({ kind }: { kind: DraftKind }) {
  const Icon = ICONS[kind]
  return <Icon aria-hidden />
}
