import { STAGE_KINDS, type GivenStage, type Stage } from '@ai-crm/contracts'
import type { FieldError } from '@ai-crm/platform'
import { v7 as uuidV7, validate as isUuid } from 'uuid'
import { unsound } from './errors.ts'
import { problemsOfRules, settleRules } from './settle-rules.ts'

/** Stages as they were given, with those that the pipeline had and every id that the organisation has used. */
export interface Given {
  readonly given: readonly GivenStage[]
  readonly known: readonly Stage[]
  readonly used: ReadonlySet<string>
}

/** The stages in their order, open ones first, each with an id and a probability. Throws `unsound` (422) with all that is wrong. */
export function settleStages({ given, known, used }: Given): Stage[] {
  const named = given.map((stage) => ({ ...stage, id: stage.id ?? uuidV7() }))
  const ids = new Set(named.map(({ id }) => id))
  const problems = named.flatMap((stage, index) =>
    [...problemsOfStage(stage, named.slice(0, index), known, used), ...problemsOfRules(stage, ids)].map(at(`/stages/${index}`)),
  )
  const absent = STAGE_KINDS.filter((kind) => !named.some((stage) => stage.kind === kind))
  if (absent.length > 0) problems.push({ field: '/stages', message: `At least one stage has to be ${absent.join(', one ')}.` })
  if (problems.length > 0) throw unsound(problems)

  const ordered = STAGE_KINDS.flatMap((kind) => named.filter((stage) => stage.kind === kind))
  const open = ordered.filter(({ kind }) => kind === 'open').length
  return ordered.map(({ id, name, kind, probability, color, rottingDays, rules }, index) => {
    const before = known.find((stage) => stage.id === id)?.probability
    const rising = Math.round((100 * (index + 1)) / (open + 1))
    return { id, name, kind, probability: CERTAIN[kind] ?? probability ?? before ?? rising, color, rottingDays, rules: settleRules(rules) }
  })
}

const at =
  (path: string) =>
  ({ field, message }: FieldError): FieldError => ({ field: `${path}${field}`, message })

const CERTAIN = { open: undefined, won: 100, lost: 0 } as const

type Named = GivenStage & { readonly id: string }

function problemsOfStage(stage: Named, before: readonly Named[], known: readonly Stage[], used: ReadonlySet<string>): FieldError[] {
  const problems: FieldError[] = []
  const same = known.find(({ id }) => id === stage.id)
  // Of another pipeline, retired, of another organisation or never there: one answer.
  if (!same && (used.has(stage.id) || !isUuid(stage.id))) problems.push({ field: '/id', message: 'There is no such stage.' })
  if (before.some(({ id }) => id === stage.id)) problems.push({ field: '/id', message: 'Is there already' })
  if (same && same.kind !== stage.kind) problems.push({ field: '/kind', message: 'A stage stays open, won or lost.' })
  if (before.some(({ name }) => name.toLowerCase() === stage.name.toLowerCase())) problems.push({ field: '/name', message: 'Two stages have this name.' })
  const certain = CERTAIN[stage.kind]
  if (certain !== undefined && stage.probability !== undefined && stage.probability !== certain)
    problems.push({ field: '/probability', message: `Of a stage that is ${stage.kind} it is ${certain}.` })
  if (certain !== undefined && stage.rottingDays !== null) problems.push({ field: '/rottingDays', message: 'A deal that is over does not rot.' })
  return problems
}
