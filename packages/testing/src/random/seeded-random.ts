/** Choices that a printed seed brings back. */
export interface SeededRandom {
  readonly seed: number
  /** A whole number from 0 to `below - 1`. */
  integer(below: number): number
  /** One of them; throws on an empty list. */
  pick<Item>(items: readonly Item[]): Item
  uuid(): string
}

/** Mulberry32 (Tommy Ettinger, public domain): small and good enough to choose what a test does next. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const hex = (): string => next().toString(16).padStart(8, '0')
  return {
    seed,
    integer: (below) => next() % below,
    pick(items) {
      const item = items[next() % items.length]
      if (item === undefined) throw new Error('Nothing to pick from.')
      return item
    },
    uuid() {
      const digits = hex() + hex() + hex() + hex()
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
    },
  }
}
