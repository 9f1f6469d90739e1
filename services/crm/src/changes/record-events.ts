import {
  type Actor,
  companyCreated,
  companyDeleted,
  companyRestored,
  companyUpdated,
  contactCreated,
  contactDeleted,
  contactRestored,
  contactUpdated,
  type CustomChanges,
  dealCreated,
  dealDeleted,
  dealRestored,
  dealStageChanged,
  dealUpdated,
  FIRST_STAGES,
  type ListRecord,
  type StageKind,
} from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { changesIn, type Change } from './plan.ts'

/** One event of a contact, a company or a deal, as it stands in the log of this service. */
export interface RecordEvent {
  readonly id: string
  readonly recordId: string
  readonly version: number
  readonly type: string
  readonly data: unknown
  readonly actor: Actor
  readonly occurredAt: Date
}

export const RECORD_EVENT_COLUMNS = sql`event.id, event.aggregate_id as "recordId", event.aggregate_version as version, event.type, event.data, event.actor,
  event.occurred_at as "occurredAt"`

/** What an event says that happened to its record. */
export type Told =
  | { readonly kind: 'created' | 'restored'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'deleted' }
  | {
      readonly kind: 'changed'
      readonly changes: Readonly<Record<string, Change>>
      readonly custom: CustomChanges
      /** What follows from a change and is never changed by itself: of a deal that moved, of which kind its stage is, and so on. */
      readonly follows?: Readonly<Record<string, unknown>>
    }

const CREATED = [contactCreated, companyCreated, dealCreated]
const UPDATED = [contactUpdated, companyUpdated, dealUpdated]
const DELETED: ReadonlySet<string> = new Set([contactDeleted.type, companyDeleted.type, dealDeleted.type])
const RESTORED = [contactRestored, companyRestored, dealRestored]

/** Events from before there were pipelines tell nothing of them. */
const whereItStands = (stage: string, stageKind: StageKind | undefined, pipelineId: string | undefined) => ({
  stageKind: stageKind ?? FIRST_STAGES.find(({ id }) => id === stage)?.kind ?? 'open',
  ...(pipelineId === undefined ? {} : { pipelineId }),
})

type Data = Readonly<Record<string, unknown>> & {
  readonly stage?: string
  readonly stageKind?: StageKind | undefined
  readonly pipelineId?: string | undefined
}

const withStage = (data: Data): Readonly<Record<string, unknown>> =>
  data.stage === undefined ? data : { ...data, ...whereItStands(data.stage, data.stageKind, data.pipelineId) }

/** Null for an event that is no change of a record. */
export function readTold({ type, data }: Pick<RecordEvent, 'type' | 'data'>): Told | null {
  if (DELETED.has(type)) return { kind: 'deleted' }
  if (type === dealStageChanged.type) {
    const { from, to, toKind, pipelineId, stageEnteredAt } = dealStageChanged.data.parse(data)
    return {
      kind: 'changed',
      changes: { stage: { from, to } },
      custom: {},
      follows: { ...whereItStands(to, toKind, pipelineId), ...(stageEnteredAt === undefined ? {} : { stageEnteredAt }) },
    }
  }
  const created = CREATED.find((event) => event.type === type)
  if (created) return { kind: 'created', data: withStage(created.data.parse(data)) }
  const restored = RESTORED.find((event) => event.type === type)
  if (restored) return { kind: 'restored', data: withStage(restored.data.parse(data)) }
  const updated = UPDATED.find((event) => event.type === type)
  if (!updated) return null
  const { custom = {}, ...changes } = updated.data.parse(data).changes
  return { kind: 'changed', changes: changesIn(changes), custom }
}

/**
 * The events of an operation, of each record in their order: those between the first and the last that have the first one's cause. What
 * others did in between is not among them.
 */
export async function eventsWithin(
  db: Db,
  record: ListRecord,
  spans: readonly { readonly id: string; readonly first: number; readonly last: number }[],
): Promise<RecordEvent[]> {
  const { rows } = await sql<RecordEvent>`select ${RECORD_EVENT_COLUMNS}
      from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as span (id uuid, first integer, last integer)
      join event as own on own.aggregate_type = ${record} and own.aggregate_id = span.id and own.aggregate_version = span.first
      join event on event.aggregate_type = ${record} and event.aggregate_id = span.id and event.aggregate_version between span.first and span.last
                and event.correlation_id = own.correlation_id
     order by event.aggregate_id, event.aggregate_version`.execute(db)
  return rows
}
