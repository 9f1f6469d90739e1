/**
 * The address that was claimed, for a recipient of the envelope: lower case, without the plus part
 * (`acme+anything@crm.localhost` is `acme@crm.localhost`). Null when it is no address.
 */
export function baseAddress(recipient: string): string | null {
  const address = recipient.trim().toLowerCase()
  const at = address.lastIndexOf('@')
  if (at < 1 || at === address.length - 1) return null
  const local = address.slice(0, at).split('+')[0]
  return local ? `${local}@${address.slice(at + 1)}` : null
}
