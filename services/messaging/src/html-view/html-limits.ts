import { Parser } from 'htmlparser2'

/** Beyond these an HTML mail is shown as text (reliability C2). */
export const HTML_LIMITS = { depth: 256, nodes: 20_000, chars: 1024 * 1024 } as const

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'])

/** Whether a sanitiser may be let loose on it: one cheap linear pass that stops at the first limit. */
export function isWithinLimits(html: string): boolean {
  if (html.length > HTML_LIMITS.chars) return false
  let depth = 0
  let nodes = 0
  let isWithin = true
  const parser = new Parser({
    onopentag(name) {
      nodes += 1
      if (!VOID.has(name)) depth += 1
      if (nodes > HTML_LIMITS.nodes || depth > HTML_LIMITS.depth) {
        isWithin = false
        parser.pause()
      }
    },
    onclosetag(name) {
      if (!VOID.has(name)) depth -= 1
    },
  })
  for (let at = 0; at < html.length; at += 4096) {
    parser.write(html.slice(at, at + 4096))
    if (!isWithin) return false
  }
  return true
}
