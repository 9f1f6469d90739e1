import type { ImportComplaint, ImportForecast, ImportSettings } from '@ai-crm/contracts'
import type { Ctx, Db } from '../ctx.ts'
import type { Draft, DraftedRow } from '../import-reading/draft.ts'
import { complaintOf, type ImportKind } from './import-kind.ts'
import { withNamedRecords } from './named-records.ts'
import { RowJudge } from './row-judge.ts'
import { SeenKeys } from './seen-keys.ts'

const MAX_COMPLAINTS = 100
const MAX_EXAMPLES = 20

/** What an import would do, batch by batch. */
export class Forecast<Made extends Draft> {
  readonly told: ImportForecast = { rows: 0, created: 0, updated: 0, skipped: 0, refused: 0, complaints: [] }
  readonly #asker: Ctx
  readonly #policy: ImportSettings['policy']
  readonly #kind: ImportKind<Made>
  readonly #judge: RowJudge<Made>
  /** Of records that rows before would make or change. */
  readonly #new = new SeenKeys()

  constructor(kind: ImportKind<Made>, asker: Ctx, settings: ImportSettings) {
    this.#asker = asker
    this.#kind = kind
    this.#policy = settings.policy
    this.#judge = new RowJudge(kind, asker, settings, { entered: new Map() })
  }

  async add(db: Db, drafted: readonly DraftedRow[]): Promise<void> {
    const rows = await withNamedRecords(this.#asker, db, drafted)
    const drafts = rows.flatMap(({ draft }) => (draft && this.#kind.is(draft) ? [draft] : []))
    await this.#judge.prepare(db, drafts)
    await this.#judge.meet(db, drafts)
    for (const row of rows) {
      this.told.rows++
      if (row.draft && this.#kind.is(row.draft)) this.#count(row, row.draft)
      else this.#refuse(row)
    }
  }

  #count(row: DraftedRow, draft: Made): void {
    const fate = this.#judge.fateOf(draft)
    if (fate.kind === 'refuse') return this.#refuse(complaining(row, fate.code))
    const keys = this.#judge.keysOf(draft)
    const isRepeated = fate.kind === 'create' && keys.some((key) => this.#new.has(key))
    if (fate.kind === 'skip' || (isRepeated && (this.#policy === 'skip' || this.#policy === 'create'))) return void this.told.skipped++
    const kind = isRepeated ? 'update' : fate.kind
    const refusal = this.#judge.refusalOf(draft, kind)
    if (refusal !== null) return this.#refuse(complaining(row, refusal))
    this.told[kind === 'create' ? 'created' : 'updated']++
    // Whom a row changes has its addresses from then on: surely where they are written over what there was.
    if (kind === 'create' || this.#policy === 'overwrite') for (const key of keys) this.#new.add(key)
  }

  #refuse({ number, complaints }: DraftedRow): void {
    this.told.refused++
    for (const { code, column, value } of complaints) {
      const complaint = this.#complaintOf(code, column)
      if (!complaint) continue
      complaint.count++
      const isNew = complaint.examples.every((example) => example.value !== value)
      if (complaint.examples.length < MAX_EXAMPLES && (isNew || value === '')) complaint.examples.push({ row: number, value })
    }
  }

  #complaintOf(code: string, column: number | null): ImportComplaint | null {
    const known = this.told.complaints.find((one) => one.code === code && one.column === column)
    if (known) return known
    if (this.told.complaints.length === MAX_COMPLAINTS) return null
    const complaint = { code, column, count: 0, examples: [] }
    this.told.complaints.push(complaint)
    return complaint
  }
}

const complaining = (row: DraftedRow, code: string): DraftedRow => ({ ...row, complaints: [complaintOf(code)] })
