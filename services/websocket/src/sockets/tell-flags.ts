import type { PublicCtx } from '../ctx.ts'
import type { LiveServer } from './live-server.ts'

/**
 * Tells the sockets of this process when the operator has decided something for everybody. What an organisation decides for
 * itself is an event of its own. Looks at what the process knows: it costs nothing.
 */
export function createFlagTeller(io: LiveServer, { flags }: Pick<PublicCtx, 'flags'>): () => Promise<void> {
  let told = flags.settingsVersion
  return async () => {
    const version = flags.settingsVersion
    if (version === told) return
    told = version
    io.local.emit('flags', { version })
  }
}
