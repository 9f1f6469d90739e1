import { parentPort } from 'node:worker_threads'
import { analyseTable } from './analyse-table.ts'
import { rowDrafter } from './draft-row.ts'
import type { DraftedRow } from './draft.ts'
import { FileProblem } from './file-problem.ts'
import { openTable } from './open-table.ts'
import type { ReadingAnswer, ReadingTask } from './reading-task.ts'
import { isBlank, type Table } from './table.ts'

const ROWS = 1_000
/** A batch is one statement each way: it stays well below what the driver takes. */
const CHARACTERS = 250_000

const port = parentPort
/** How many batches were asked for and not yet handed: who asks does not wait for somebody to listen. */
let asked = 0
let wake = (): void => {}
async function untilAsked(): Promise<void> {
  while (asked === 0) await new Promise<void>((resolve) => (wake = resolve))
  asked--
}

const say = (answer: ReadingAnswer): void => port?.postMessage(answer)

const TELL_EACH_MS = 500

/** Tells meanwhile how much of it has been read. */
async function telling<Result>(table: Table, rows: () => number, work: () => Promise<Result>): Promise<Result> {
  const telling = setInterval(() => say({ kind: 'progress', share: table.share(), rows: rows() }), TELL_EACH_MS)
  try {
    return await work()
  } finally {
    clearInterval(telling)
  }
}

async function analyse({ path, reading }: Extract<ReadingTask, { kind: 'analyse' }>): Promise<void> {
  const table = await openTable(path, reading)
  let seen = 0
  const found = await telling(
    table,
    () => seen,
    () => analyseTable(table, (rows) => void (seen = rows)),
  )
  say({ kind: 'analysed', ...found })
}

async function draft(task: Extract<ReadingTask, { kind: 'draft' }>): Promise<void> {
  const table = await openTable(task.path, task.reading)
  await telling(
    table,
    () => 0,
    () => draftAll(task, table),
  )
}

async function draftAll({ settings, fields, people, stages, width, after }: Extract<ReadingTask, { kind: 'draft' }>, table: Table): Promise<void> {
  const toDraft = rowDrafter({ settings, fields, people: new Map(people), stages, width, numbers: table.format === 'xlsx' ? 'point' : 'unknown' })
  let [isHeading, rows, characters] = [true, new Array<DraftedRow>(), 0]
  // One batch is ready while the one before is stored.
  const hand = async () => {
    await untilAsked()
    say({ kind: 'batch', rows })
    ;[rows, characters] = [[], 0]
  }
  for await (const batch of table.rows)
    for (const row of batch) {
      if (isBlank(row.cells)) continue
      if (isHeading) {
        isHeading = false
        continue
      }
      if (row.number <= after) continue
      const length = row.cells.reduce((sum, cell) => sum + cell.length, 0)
      if (rows.length >= ROWS || (rows.length > 0 && characters + length > CHARACTERS)) await hand()
      rows.push(toDraft(row))
      characters += length
    }
  if (rows.length > 0) await hand()
  await untilAsked()
  say({ kind: 'end' })
}

async function work(task: ReadingTask): Promise<void> {
  asked = 0
  try {
    await (task.kind === 'analyse' ? analyse(task) : draft(task))
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    say({ kind: 'problem', problem: error.problem })
  }
}

port?.on('message', (message: ReadingTask | 'next') => {
  if (message !== 'next') return void work(message)
  asked++
  wake()
})
