/** The other party of a message, as its header names it. */
export interface Sender {
  readonly address: string
  readonly name: string | null
}

const MAX_ADDRESS = 254
const MAX_NAME = 200

/** The address in the form in which contacts keep it, or null where nobody could be written to (`<>`, RFC 5321 4.5.5). */
export function normalAddress(address: string): string | null {
  const normal = address.trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+$/.test(normal) && normal.length <= MAX_ADDRESS ? normal : null
}

/** What to call a sender: the header's name, else the words before the @. */
export function nameOfSender({ address, name }: Sender): string {
  const given = tidy(name ?? '')
  const isName = given !== '' && !given.includes('@')
  return isName ? given : nameFromAddress(address)
}

function nameFromAddress(address: string): string {
  const local = address.trim().split('@')[0] ?? ''
  const words = tidy(local.replaceAll(/[._+-]+/g, ' '))
  return words === '' ? address : words.replaceAll(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())
}

/** One line, without the quotes that some mail programs leave around a name. */
const tidy = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
    .slice(0, MAX_NAME)
    .toWellFormed()
    .trim()
