import type { SMTPServerDataStream } from 'smtp-server'
import { BlockCollector, type Blocks } from '../content/blocks.ts'

/** Of all mails that are on their way in at once, in bytes. */
export class ByteBudget {
  readonly #limit: number
  #used = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  take(bytes: number): boolean {
    if (this.#used + bytes > this.#limit) return false
    this.#used += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#used -= bytes
  }
}

export type Collected = { kind: 'whole'; source: Blocks; release(): void } | { kind: 'too-large' } | { kind: 'no-room' }

/**
 * The data of one SMTP transaction in shared memory, so that threads read it without a copy. What is too large, or
 * finds no room, is read to its end and dropped: the sender must hear the answer.
 */
export async function collectData(stream: SMTPServerDataStream, budget: ByteBudget): Promise<Collected> {
  const collector = new BlockCollector()
  let taken = 0
  let hasRoom = true
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk) || !hasRoom || stream.sizeExceeded) continue
      hasRoom = budget.take(chunk.length)
      if (!hasRoom) continue
      taken += chunk.length
      collector.add(chunk)
    }
  } catch (error) {
    budget.giveBack(taken)
    throw error
  }
  if (hasRoom && !stream.sizeExceeded) return { kind: 'whole', source: collector.finish(), release: () => budget.giveBack(taken) }
  budget.giveBack(taken)
  return stream.sizeExceeded ? { kind: 'too-large' } : { kind: 'no-room' }
}
