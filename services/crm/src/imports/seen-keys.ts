/**
 * Keys of a file that were seen. A million rows have millions of them: each is kept as 53 bits, in 16 to 32 bytes instead of a hundred. Among ten million,
 * one is taken for another in one file of two hundred.
 */
export class SeenKeys {
  /** Open addressing; 0 is free. Half of them at least are. */
  #slots = new Float64Array(1_024)
  #size = 0

  has(key: string): boolean {
    const hash = hashOf(key)
    return this.#slots[placeOf(this.#slots, hash)] === hash
  }

  add(key: string): void {
    const hash = hashOf(key)
    const place = placeOf(this.#slots, hash)
    if (this.#slots[place] === hash) return
    this.#slots[place] = hash
    if (++this.#size * 2 > this.#slots.length) this.#grow()
  }

  /** What it holds in memory. */
  get bytes(): number {
    return this.#slots.byteLength
  }

  #grow(): void {
    const wider = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0) wider[placeOf(wider, hash)] = hash
    this.#slots = wider
  }
}

/** Where it is, or where it goes. */
function placeOf(slots: Float64Array, hash: number): number {
  const mask = slots.length - 1
  for (let place = hash & mask; ; place = (place + 1) & mask) if (slots[place] === 0 || slots[place] === hash) return place
}

/** cyrb53: two products of 32 bits over every character, each mixed with the other at the end. */
function hashOf(key: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (low & 0x1fffff) + (high >>> 0) || 1
}
