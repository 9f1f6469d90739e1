/** A web address, also where only the host was typed; null where nothing was. */
export function toWebsite(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
}
