import { Worker } from 'node:worker_threads'
import { bulkhead } from 'cockatiel'
import type { ImportReading } from '@ai-crm/contracts'
import type { FoundAnalysis } from './analyse-table.ts'
import type { DraftedRow } from './draft.ts'
import { FileProblem } from './file-problem.ts'
import type { ReadingAnswer, ReadingTask } from './reading-task.ts'

const THREAD = new URL('./reading-thread.ts', import.meta.url)
/** A file that needs more is refused, and nobody else's work with it. */
const MEMORY_MB = 768

/** `share` of the file that has been read, 0 to 1. */
export type OnProgress = (rows: number, share: number) => void

type Found = { readonly analysis: FoundAnalysis; readonly signature: string }

/** In a process, whatever they read: others wait. */
const MOST_AT_ONCE = 2
/** A thread takes seconds to begin: one that has done its task waits for the next, which comes soon or not at all, and what it had read stays in memory meanwhile. */
const IDLE_MS = 60_000
const idle: { readonly worker: Worker; readonly end: NodeJS.Timeout }[] = []

function takeIdle(): Worker | undefined {
  const taken = idle.pop()
  clearTimeout(taken?.end)
  return taken?.worker
}
/** Lets a thread live on when the work that it did is aborted, and gives its turn to the next. */
const endings = new WeakMap<Worker, () => void>()
const turns = bulkhead(MOST_AT_ONCE, Number.MAX_SAFE_INTEGER)

/** Resolves when it is one's turn, with what ends it. */
const takeTurn = (signal: AbortSignal): Promise<() => void> =>
  new Promise((resolve, reject) => {
    turns.execute(() => new Promise<void>((end) => resolve(end)), signal).catch(reject)
  })

/** Whether somebody waits for theirs. */
export const isTurnWanted = (): boolean => turns.queueSlots < Number.MAX_SAFE_INTEGER

async function begin(task: ReadingTask, signal: AbortSignal): Promise<Worker> {
  signal.throwIfAborted()
  const endTurn = await takeTurn(signal)
  const worker = takeIdle() ?? new Worker(THREAD, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
  worker.ref()
  const end = () => void worker.terminate()
  signal.addEventListener('abort', end, { once: true })
  endings.set(worker, () => {
    signal.removeEventListener('abort', end)
    endTurn()
  })
  worker.postMessage(task)
  return worker
}

/** To be called when its task is over; in the middle of one a thread is ended. */
async function rest(worker: Worker, isOver: boolean): Promise<void> {
  endings.get(worker)?.()
  // By name: the port of a thread hangs on listeners of Node's own.
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
  if (!isOver || idle.length >= MOST_AT_ONCE) return void (await worker.terminate())
  worker.unref()
  const place = { worker, end: setTimeout(() => void worker.terminate(), IDLE_MS).unref() }
  worker.once('exit', () => {
    clearTimeout(place.end)
    if (idle.includes(place)) idle.splice(idle.indexOf(place), 1)
  })
  // What goes wrong while it waits ends it, and nothing else.
  worker.on('error', () => {})
  idle.push(place)
}

const isOutOfMemory = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
const tooLarge = (): FileProblem => new FileProblem('crm.import.too_large', 'This file needs more memory than it may have. Save it as CSV, or divide it.')

/** Off the event loop: what is in the file, to its end. Throws `FileProblem`. */
export async function analyseFile(path: string, reading: ImportReading, signal: AbortSignal, onProgress: OnProgress): Promise<Found> {
  const worker = await begin({ kind: 'analyse', path, reading }, signal)
  let isOver = false
  return new Promise<Found>((resolve, reject) => {
    worker.on('message', (answer: ReadingAnswer) => {
      isOver = answer.kind !== 'progress'
      if (answer.kind === 'progress') onProgress(answer.rows, answer.share)
      if (answer.kind === 'problem') reject(new FileProblem(answer.problem.code, answer.problem.message, answer.problem.line))
      if (answer.kind === 'analysed') resolve(answer)
    })
    worker.on('error', (error) => reject(isOutOfMemory(error) ? tooLarge() : error))
    worker.on('exit', () => reject(new Error('The thread that reads files has ended.')))
  }).finally(() => rest(worker, isOver))
}

/** Off the event loop: the rows after `after` as contacts, in batches; the next one is made while one is stored. Throws `FileProblem`. */
export async function* draftRows(
  task: Omit<Extract<ReadingTask, { kind: 'draft' }>, 'kind'>,
  signal: AbortSignal,
  onShare: (share: number) => void = () => undefined,
): AsyncGenerator<readonly DraftedRow[]> {
  const worker = await begin({ kind: 'draft', ...task }, signal)
  const answers: ReadingAnswer[] = []
  let failure: Error | null = null
  let wake = (): void => {}
  let isOver = false
  const fail = (error: Error) => {
    failure ??= isOutOfMemory(error) ? tooLarge() : error
    wake()
  }
  worker.on('message', (answer: ReadingAnswer) => {
    if (answer.kind === 'progress') return onShare(answer.share)
    answers.push(answer)
    wake()
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread that reads files has ended.')))
  const next = async (): Promise<ReadingAnswer> => {
    worker.postMessage('next')
    for (;;) {
      const answer = answers.shift()
      if (answer) return answer
      if (failure) throw failure
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  try {
    for (;;) {
      const said = await next()
      isOver = said.kind !== 'batch'
      if (said.kind === 'problem') throw new FileProblem(said.problem.code, said.problem.message, said.problem.line)
      if (said.kind !== 'batch') return
      yield said.rows
    }
  } finally {
    await rest(worker, isOver)
  }
}
