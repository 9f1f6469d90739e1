/** A budget that fills up by `perSecond` to at most `burst`; `spend` says whether there was something left. */
export function createPacketLimit(burst: number, perSecond: number, now: () => number = () => performance.now()) {
  let left = burst
  let countedAt = now()
  return {
    spend(): boolean {
      const at = now()
      left = Math.min(burst, left + ((at - countedAt) / 1000) * perSecond)
      countedAt = at
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
