import type { Database, Rows, Statement, TenantContext } from './database.ts'
import { endOfTurn } from './end-of-turn.ts'

interface WaitingRead {
  readonly statement: Statement
  readonly resolve: (rows: Rows) => void
  readonly reject: (error: unknown) => void
}

/** Reads of one piece of work: those that it asks for in one turn share a round trip. */
export function sharedReads(database: Database, context: TenantContext, dueAtMs?: number): (statement: Statement) => Promise<Rows> {
  let waiting: WaitingRead[] = []

  const readWaiting = async (): Promise<void> => {
    await endOfTurn()
    const reads = waiting
    waiting = []
    const [first, second] = reads
    if (first && second) return readTogether(reads)
    if (first) await readAlone(first)
  }

  const readAlone = ({ statement, resolve, reject }: WaitingRead): Promise<void> => database.read(context, statement, dueAtMs).then(resolve, reject)

  /** One that fails would take the others with it: then each is asked by itself. */
  const readTogether = async (reads: readonly WaitingRead[]): Promise<void> => {
    try {
      const results = await database.readAll(
        context,
        reads.map(({ statement }) => statement),
        dueAtMs,
      )
      for (const [index, rows] of results.entries()) reads[index]?.resolve(rows)
    } catch {
      await Promise.all(reads.map(readAlone))
    }
  }

  return (statement) =>
    new Promise((resolve, reject) => {
      waiting.push({ statement, resolve, reject })
      if (waiting.length === 1) void readWaiting()
    })
}
