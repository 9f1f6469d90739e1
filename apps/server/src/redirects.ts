import { once } from 'node:events'
import { API_PREFIX } from '@ai-crm/contracts'
import { createRedirects } from '@ai-crm/platform'
import type { ProcessConfig } from './config.ts'
import { portError } from './listen.ts'

/** Opens the port that sends pages over to HTTPS, where one is configured; answers how to close it. Throws where there is no HTTPS to send them to. */
export async function openRedirects({ REDIRECT_PORT, TLS_CERT, PUBLIC_URL, HOST }: ProcessConfig): Promise<() => Promise<void>> {
  if (REDIRECT_PORT === undefined) return () => Promise.resolve()
  if (!TLS_CERT || !PUBLIC_URL?.startsWith('https://')) throw new Error('REDIRECT_PORT needs TLS_CERT, and a PUBLIC_URL of https:// to send pages to.')
  const server = createRedirects(new URL(PUBLIC_URL).origin, API_PREFIX)
  server.listen(REDIRECT_PORT, HOST)
  await once(server, 'listening').catch((error: unknown) => {
    throw portError(error, 'REDIRECT_PORT', REDIRECT_PORT)
  })
  return () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
