/** Below this a copy costs less than the bookkeeping; Node's shared pool of small buffers ends below it as well. */
const WORTH_MOVING_BYTES = 64 * 1024

/**
 * The memory in a task's result that can be handed to the other thread instead of being copied there, which would hold
 * up the event loop: large, and in use by nothing but the result.
 */
export function movableMemory(output: unknown): ArrayBuffer[] {
  return [...new Set(buffersIn(output))]
}

function buffersIn(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) return value.buffer instanceof ArrayBuffer && isWhole(value) ? [value.buffer] : []
  if (Array.isArray(value)) return value.flatMap(buffersIn)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffersIn) : []
}

const isWhole = ({ byteLength, buffer }: Uint8Array): boolean => byteLength >= WORTH_MOVING_BYTES && byteLength === buffer.byteLength
