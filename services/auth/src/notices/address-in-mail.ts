/** As much of an address as a mail shows. */
const MAX_URL = 300

/** A query, or a user before the host, may be a secret; a mail is read in many places. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url)
  return (origin + pathname).slice(0, MAX_URL)
}
