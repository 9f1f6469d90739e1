import { formulaUnreadable, type Span } from './errors.ts'

export interface Token extends Span {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end'
  /** Of a text without its quotes, of a name without its braces. */
  readonly text: string
  /** In braces: a field, never a word of the language. */
  readonly isBraced: boolean
}

const SKIPPED = /\s+/y
const KINDS = [
  // An id is a name that nothing has, whatever letters and digits it begins with.
  ['name', /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/iy],
  ['number', /\d+(?:\.\d+)?/y],
  ['text', /"([^"]*)"|'([^']*)'/y],
  ['name', /\{([^{}]+)\}|[\p{L}_][\p{L}\p{N}_.]*/uy],
  ['sign', /<=|>=|<>|!=|==|[-+*/&=<>(),;]/y],
] as const

/** Throws `formulaUnreadable` (422) at the first sign that belongs to nothing. */
export function readTokens(formula: string): Token[] {
  const tokens: Token[] = []
  for (let at = skipped(formula, 0); at < formula.length; at = skipped(formula, at)) {
    const token = tokenAt(formula, at)
    tokens.push(token)
    at += token.length
  }
  return [...tokens, { kind: 'end', text: '', isBraced: false, at: formula.length, length: 0 }]
}

function tokenAt(formula: string, at: number): Token {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at
    const found = pattern.exec(formula)
    if (found) return { kind, text: (found[1] ?? found[2] ?? found[0]).trim(), isBraced: found[0].startsWith('{'), at, length: found[0].length }
  }
  throw formulaUnreadable({ at, length: 1 }, `“${formula.slice(at, at + 1)}” means nothing here.`)
}

function skipped(formula: string, at: number): number {
  SKIPPED.lastIndex = at
  return at + (SKIPPED.exec(formula)?.[0].length ?? 0)
}
