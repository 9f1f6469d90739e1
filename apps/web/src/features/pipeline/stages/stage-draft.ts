import type { GivenStage, HandOverPlan, Pipeline, Stage, StageKind, StageRules } from '@ai-crm/contracts'

/** A stage while it is edited; `key` tells rows apart that are not stored yet. */
export interface StageDraft {
  readonly key: string
  /** Absent: a new one. */
  readonly id?: string
  readonly name: string
  readonly kind: StageKind
  readonly color: Stage['color']
  /** As typed. */
  readonly probability: string
  readonly rottingDays: string
  readonly rules: StageRules
}

export interface PipelineDraft {
  readonly name: string
  /** One a line. */
  readonly lostReasons: string
  readonly stages: readonly StageDraft[]
  readonly handOver: HandOverPlan
  /** Where the deals of removed stages go, by the stage's id. */
  readonly moves: Readonly<Record<string, string>>
}

const KIND_ORDER: readonly StageKind[] = ['open', 'won', 'lost']
export const NO_RULES: StageRules = { requiredFields: [], enteredFrom: null, movers: null, wipLimit: null, tasks: [] }

/** Open ones first: the order in which pipelines stand. */
export const inKindOrder = (stages: readonly StageDraft[]): StageDraft[] => KIND_ORDER.flatMap((kind) => stages.filter((stage) => stage.kind === kind))

export const draftOf = ({ name, lostReasons, stages, handOver }: Pipeline): PipelineDraft => ({
  name,
  lostReasons: lostReasons.join('\n'),
  stages: stages.map((stage) => ({
    key: stage.id,
    id: stage.id,
    name: stage.name,
    kind: stage.kind,
    color: stage.color,
    probability: String(stage.probability),
    rottingDays: stage.rottingDays === null ? '' : String(stage.rottingDays),
    rules: stage.rules,
  })),
  handOver,
  moves: {},
})

/** A new one among those of its kind, as likely as the one before it. */
export function withNewStage(stages: readonly StageDraft[], kind: StageKind, color: Stage['color']): StageDraft[] {
  const last = stages.findLast((stage) => stage.kind === kind)
  const made: StageDraft = { key: crypto.randomUUID(), name: '', kind, color, probability: last?.probability ?? '50', rottingDays: '', rules: NO_RULES }
  return inKindOrder([...stages, made])
}

/** The stage one place on or back among those of its kind. */
export function withMoved(stages: readonly StageDraft[], key: string, by: -1 | 1): StageDraft[] {
  const index = stages.findIndex((stage) => stage.key === key)
  const [one, other] = [stages[index], stages[index + by]]
  if (!one || !other || one.kind !== other.kind) return [...stages]
  return stages.with(index, other).with(index + by, one)
}

/** Next to which stage another is put. */
export interface Beside {
  readonly key: string
  readonly side: 'before' | 'after'
}

/** The stage beside another of its kind. */
export function withPlaced(stages: readonly StageDraft[], key: string, beside: Beside): StageDraft[] {
  const moved = stages.find((stage) => stage.key === key)
  const others = stages.filter((stage) => stage.key !== key)
  const index = others.findIndex((stage) => stage.key === beside.key)
  if (!moved || others[index]?.kind !== moved.kind) return [...stages]
  return others.toSpliced(beside.side === 'before' ? index : index + 1, 0, moved)
}

/** Without a stage, also in the rules of the others that named it. */
export const withoutStage = (stages: readonly StageDraft[], { key, id }: StageDraft): StageDraft[] =>
  stages
    .filter((stage) => stage.key !== key)
    .map((stage) => ({ ...stage, rules: { ...stage.rules, enteredFrom: stage.rules.enteredFrom?.filter((from) => from !== id) ?? null } }))

const whole = (text: string): number | null => (/^\d+$/.test(text.trim()) ? Number(text) : null)

/** What of a stage is no value yet; null: all is well. */
export function wrongIn({ name, kind, probability, rottingDays }: StageDraft): 'name' | 'probability' | 'rottingDays' | null {
  if (name.trim() === '') return 'name'
  const percent = whole(probability)
  if (kind === 'open' && (percent === null || percent > 100)) return 'probability'
  const days = whole(rottingDays)
  return rottingDays.trim() !== '' && (days === null || days < 1 || days > 365) ? 'rottingDays' : null
}

export const givenStage = ({ id, name, kind, color, probability, rottingDays, rules }: StageDraft): GivenStage => ({
  ...(id ? { id } : {}),
  name: name.trim(),
  kind,
  color,
  ...(kind === 'open' ? { probability: whole(probability) ?? 0 } : {}),
  rottingDays: kind === 'open' ? whole(rottingDays) : null,
  rules,
})

/** What is told of the draft. Its stages are told whole. */
export const updateOf = ({ name, lostReasons, stages, handOver, moves }: PipelineDraft) => ({
  name: name.trim(),
  lostReasons: [...new Set(lostReasons.split('\n').flatMap((line) => line.trim() || []))],
  stages: stages.map(givenStage),
  handOver: { ...handOver, tasks: handOver.tasks.flatMap((task) => (task.title.trim() === '' ? [] : { ...task, title: task.title.trim() })) },
  moves: Object.entries(moves).map(([stageId, into]) => ({ stageId, into })),
})
