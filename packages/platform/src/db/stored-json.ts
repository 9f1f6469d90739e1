/** As JSON.stringify says NUL and half of a surrogate pair; a backslash that is text itself is two. */
const UNSTORABLE = /\\(?:\\|u(?:0000|d[89a-f][0-9a-f]{2}))/g

/**
 * JSON that PostgreSQL takes. It refuses NUL and half of a character, which is what cutting a text leaves of an emoji: one must not
 * keep a whole mail from being stored, so it becomes U+FFFD.
 */
export function storedJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null'
  return json.includes('\\u') ? json.replace(UNSTORABLE, (escape) => (escape === '\\\\' ? escape : '\\ufffd')) : json
}
