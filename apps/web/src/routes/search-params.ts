import { parseSearchWith, stringifySearchWith } from '@tanstack/react-router'

/**
 * What stands behind the `?` of an address. Values are texts; only lists, objects and texts that look like those are written as JSON. By the
 * router's own way `?q=79161234567` and `?q=true` were a number and a boolean, which no page asks for: whoever wrote such a link by hand, as other
 * programs do, had the search left out.
 */
export function parseSearch(search: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parse(search)).map(([key, value]) => [key, isReadAsScalar(value) ? String(value) : value]))
}

/** Throws where it is a text and no JSON: that is how the router asks whether it has to be quoted. */
function readJson(text: string): unknown {
  if (!/^["[{]/.test(text)) throw new SyntaxError(`${text} is a text.`)
  return JSON.parse(text)
}

const parse = parseSearchWith(readJson)
export const stringifySearch = stringifySearchWith(JSON.stringify, readJson)

/** Only what is written in the one usual way is read as one, so nothing is lost on the way back. */
const isReadAsScalar = (value: unknown): value is number | boolean => typeof value === 'number' || typeof value === 'boolean'
