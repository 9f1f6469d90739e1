/**
 * Items in order per key, taken in batches: while one batch of a key is in work, what arrives for the key waits and becomes
 * its next batch. So a quiet system handles each item at once, and a busy one handles many for the price of one.
 */
export class BatchQueue<Item> {
  readonly #maxBatch: number
  readonly #handle: (batch: readonly Item[]) => Promise<readonly PromiseSettledResult<void>[]>
  readonly #waiting = new Map<string, Waiting<Item>[]>()

  /** `handle` answers for each item of the batch; it is called again for a key only when it has answered. */
  constructor(maxBatch: number, handle: (batch: readonly Item[]) => Promise<readonly PromiseSettledResult<void>[]>) {
    this.#maxBatch = maxBatch
    this.#handle = handle
  }

  add(key: string, item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(key)
      if (waiting) return void waiting.push({ item, resolve, reject })
      this.#waiting.set(key, [{ item, resolve, reject }])
      void this.#work(key)
    })
  }

  async #work(key: string): Promise<void> {
    const waiting = this.#waiting.get(key) ?? []
    while (waiting.length > 0) {
      const batch = waiting.splice(0, this.#maxBatch)
      const results = await this.#handle(batch.map(({ item }) => item)).catch((reason: unknown) => batch.map(() => ({ status: 'rejected' as const, reason })))
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index]
        if (result?.status === 'fulfilled') resolve()
        else reject(result?.reason)
      }
    }
    this.#waiting.delete(key)
  }
}

interface Waiting<Item> {
  readonly item: Item
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}
