import { hash, randomUUID } from 'node:crypto'

/**
 * Keys of a file that were seen. A million rows have millions of them: each is kept as 53 bits, in 16 to 32 bytes instead of a hundred. Among ten million,
 * one is taken for another in one file of two hundred.
 */
export class SeenKeys {
  /** Open addressing; 0 is free. Half of them at least are. */
  #slots = new Float64Array(1_024)
  /** Whoever writes the file cannot know which keys would crowd into one place. */
  readonly #salt = randomUUID()
  #size = 0

  has(key: string): boolean {
    const bits = hashOf(this.#salt + key)
    return this.#slots[placeOf(this.#slots, bits)] === bits
  }

  add(key: string): void {
    const bits = hashOf(this.#salt + key)
    const place = placeOf(this.#slots, bits)
    if (this.#slots[place] === bits) return
    this.#slots[place] = bits
    if (++this.#size * 2 > this.#slots.length) this.#grow()
  }

  /** What it holds in memory. */
  get bytes(): number {
    return this.#slots.byteLength
  }

  #grow(): void {
    const wider = new Float64Array(this.#slots.length * 2)
    for (const bits of this.#slots) if (bits !== 0) wider[placeOf(wider, bits)] = bits
    this.#slots = wider
  }
}

/** Where it is, or where it goes. */
function placeOf(slots: Float64Array, bits: number): number {
  const mask = slots.length - 1
  for (let place = bits & mask; ; place = (place + 1) & mask) if (slots[place] === 0 || slots[place] === bits) return place
}

/** The first 53 bits, those that choose the place in the lower half. */
function hashOf(key: string): number {
  const digest = hash('sha1', key, 'buffer')
  return 4_294_967_296 * (digest.readUInt32LE(0) & 0x1fffff) + digest.readUInt32LE(4) || 1
}
