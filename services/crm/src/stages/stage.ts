import type { StageId, StageKind, StageRules } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** A stage as CRM knows it, retired ones too. */
export interface StageRow {
  readonly id: StageId
  readonly pipelineId: string
  readonly pipelineName: string
  readonly pipelinePosition: number
  readonly name: string
  readonly kind: StageKind
  readonly position: number
  readonly rules: StageRules
  readonly retiredInto: StageId | null
}

/** Of one organisation, in the order of its pipelines. */
export type Stages = ReadonlyMap<StageId, StageRow>

const COLUMNS = sql`id, pipeline_id, pipeline_name, pipeline_position, name, kind, position, rules, retired_into`

/** Every stage; those of the first pipeline as everybody begins with them where nothing was heard of it yet, whatever was of others. */
export async function readStages(db: Db): Promise<Stages> {
  const { rows } = await sql<StageRow>`with kept as (select ${COLUMNS} from stage)
    select * from kept union all
    select ${COLUMNS} from crm.first_stages(platform.current_organization())
     where not exists (select from kept where pipeline_id = platform.derived_id('pipeline.first'))
    order by pipeline_position, pipeline_id, position, id`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The same, and nobody retires one of `ids` until this transaction is over. */
export async function lockStages(db: Db, ids: readonly StageId[]): Promise<Stages> {
  const [, stages] = await Promise.all([sql`select from stage where id = any(${[...ids]}::text[]) order by id for share`.execute(db), readStages(db)])
  return stages
}

/** Where a deal begins unless told: the first open stage of the first pipeline that is not archived. */
export function firstStage(stages: Stages): StageRow {
  for (const stage of stages.values()) if (stage.kind === 'open' && stage.retiredInto === null) return stage
  throw new Error('There is no open stage.')
}

/** Whether that is a step back in one pipeline. */
export function isBack(stages: Stages, from: StageId, to: StageId): boolean {
  const [left, entered] = [stages.get(from), stages.get(to)]
  return left !== undefined && entered !== undefined && left.pipelineId === entered.pipelineId && entered.position < left.position
}

/** Where deals of a stage stand by now: its own id unless it is retired. */
export function successorOf(stages: Stages, id: StageId): StageRow | undefined {
  const seen = new Set<StageId>()
  let stage = stages.get(id)
  while (stage && stage.retiredInto !== null && !seen.has(stage.id)) {
    seen.add(stage.id)
    stage = stages.get(stage.retiredInto)
  }
  return stage
}
