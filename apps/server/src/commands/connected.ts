import { once } from 'node:events'
import type { RelayConnection } from '@ai-crm/platform'

const CONNECT_TIMEOUT_MS = 30_000

/** Waits until the connection is there. Rejects when that takes too long, or the command is stopped. */
export async function connected(connection: RelayConnection, signal: AbortSignal): Promise<void> {
  const isOver = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)])
  await Promise.race([new Promise<void>((resolve) => connection.onWake(resolve)), once(isOver, 'abort')])
  isOver.throwIfAborted()
}
