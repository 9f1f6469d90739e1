/** idle → waiting (something was heard) → running → idle; held: nothing runs until nobody moves a card any more. */
export interface Refresher {
  /** `ids`: of deals that may have changed. */
  hear: (ids: readonly string[]) => void
  /** Until `release`, as often as held. */
  hold: () => void
  release: () => void
  stop: () => void
}

/** What is heard within this long is looked at once. */
const BURST_MS = 250

/** Gathers what is heard of deals and runs once for all of it, one run after the other, never while a card is on its way. */
export function makeRefresher(run: (ids: ReadonlySet<string>) => Promise<void>, wait: (task: () => void, ms: number) => () => void = later): Refresher {
  let heard = new Set<string>()
  let hasHeard = false
  let holds = 0
  let isBusy = false
  let cancel: (() => void) | null = null

  const attempt = () => {
    cancel = null
    if (!hasHeard || holds > 0 || isBusy) return
    const ids = heard
    heard = new Set()
    hasHeard = false
    isBusy = true
    // What could not be asked is asked with what is heard next.
    const failed = () => {
      for (const id of ids) heard.add(id)
    }
    void run(ids)
      .catch(failed)
      .finally(() => {
        isBusy = false
        plan()
      })
  }
  const plan = () => {
    if (hasHeard && holds === 0 && !isBusy && !cancel) cancel = wait(attempt, BURST_MS)
  }
  return {
    hear: (ids) => {
      for (const id of ids) heard.add(id)
      hasHeard = true
      plan()
    },
    hold: () => void (holds += 1),
    release: () => {
      holds = Math.max(0, holds - 1)
      plan()
    },
    stop: () => cancel?.(),
  }
}

function later(task: () => void, ms: number): () => void {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}
