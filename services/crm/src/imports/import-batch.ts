import type { Draft, Drafted, DraftedRow } from '../import-reading/draft.ts'
import { complaintOf, draftsOf, type BatchResult, type ImportKind, type Storing } from './import-kind.ts'
import { withNamedRecords } from './named-records.ts'
import { RowJudge } from './row-judge.ts'
import { prepareBatch } from './store-contacts.ts'

/** Rows of one batch about the same record are taken one after the other; more of them than this is no table. */
const MAX_PASSES = 20

/** Stores the rows of one batch, in the transaction of whoever calls; what cannot be stored is told with its reason. */
export class ImportBatch<Made extends Draft> {
  readonly #kind: ImportKind<Made>
  readonly #storing: Storing
  readonly #judge: RowJudge<Made>

  constructor(kind: ImportKind<Made>, storing: Omit<Storing, 'result'>) {
    this.#kind = kind
    this.#storing = { ...storing, result: { outcomes: [], refusals: [], made: [] } }
    this.#judge = new RowJudge(kind, storing.asker, storing.settings, null)
  }

  async store(rows: readonly DraftedRow[]): Promise<BatchResult> {
    const { db } = this.#storing.scope
    await prepareBatch(db)
    const found = await withNamedRecords(this.#storing.asker, db, rows)
    let waiting = found.flatMap((row) => {
      const { draft } = row
      if (draft && this.#kind.is(draft)) return [{ ...row, draft }]
      this.#refuse(row, row.complaints[0] ?? complaintOf('crm.import.value_invalid'))
      return []
    })
    await this.#judge.prepare(db, draftsOf(waiting))
    for (let pass = 0; waiting.length > 0 && pass < MAX_PASSES; pass++) waiting = await this.#pass(waiting)
    for (const row of waiting) this.#refuse(row, complaintOf('crm.import.repeated'))
    return this.#storing.result
  }

  /** Takes each record once; gives back the rows that have to wait for what this pass has made of it. */
  async #pass(rows: readonly Drafted<Made>[]): Promise<Drafted<Made>[]> {
    const met = await this.#judge.meet(this.#storing.scope.db, draftsOf(rows))
    const [later, news, updates] = [new Array<Drafted<Made>>(), new Array<Drafted<Made>>(), new Map<string, Drafted<Made>>()]
    const claimed = new Set<string>()
    for (const row of rows) {
      const [keys, fate] = [this.#judge.keysOf(row.draft), this.#judge.fateOf(row.draft)]
      if (fate.kind === 'skip') this.#storing.result.outcomes.push({ ordinal: row.number, recordId: null, outcome: 'skipped', code: fate.code })
      else if (fate.kind === 'refuse') this.#refuse(row, complaintOf(fate.code))
      else {
        const isLater = keys.some((key) => claimed.has(key)) || (fate.kind === 'update' && updates.has(fate.recordId))
        if (!isLater && !this.#isStorable(row, fate.kind)) continue
        // Of one that waits, too: whoever is about the same waits behind it.
        for (const key of keys) claimed.add(key)
        if (isLater) later.push(row)
        else if (fate.kind === 'create') news.push(row)
        else updates.set(fate.recordId, row)
      }
    }
    const again = await met.store(this.#storing, news, updates)
    return [...later, ...again].toSorted((a, b) => a.number - b.number)
  }

  #isStorable(row: Drafted<Made>, kind: 'create' | 'update'): boolean {
    const code = this.#judge.refusalOf(row.draft, kind)
    if (code !== null) this.#refuse(row, complaintOf(code))
    return code === null
  }

  #refuse(row: DraftedRow, complaint: ReturnType<typeof complaintOf>): void {
    const { outcomes, refusals } = this.#storing.result
    outcomes.push({ ordinal: row.number, recordId: null, outcome: 'skipped', code: complaint.code, detail: complaint.value })
    refusals.push({ row, complaint })
  }
}
