import { useState } from 'react'

/** The secret of the link that was opened: behind the `#`, so that no server and no Referer saw it. */
export function useLinkToken(): string {
  const [token] = useState(() => globalThis.location.hash.slice(1))
  return token
}
