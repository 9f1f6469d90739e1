/** A bell for one loop: `ring` ends the current or the next `wait`. */
export class WakeSignal {
  #isRung = false
  #end: (() => void) | null = null

  ring(): void {
    this.#isRung = true
    this.#end?.()
  }

  /** Resolves at the next ring, or after the time, whichever comes first; with whether it was the ring. */
  async wait(longestMs: number): Promise<boolean> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longestMs)
        this.#end = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const isRung = this.#isRung
    this.#isRung = false
    this.#end = null
    return isRung
  }
}
