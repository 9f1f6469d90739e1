import { formulaUnreadable, type Span } from './errors.ts'
import { readTokens, type Token } from './read-tokens.ts'

/** A formula as it is written. `span` is that of all of it. */
export type Written =
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Written[]; readonly span: Span }

/** From the loosest to the tightest; words stand for signs. */
const BINDING: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  '=': 3,
  '==': 3,
  '<>': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '&': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
}
const MAX_DEPTH = 40

/** Throws `formulaUnreadable` (422). */
export function parseFormula(formula: string): Written {
  const parser = new Parser(readTokens(formula))
  return parser.whole()
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Written {
    const written = this.#expression(0)
    if (this.#token.kind !== 'end') throw this.#unexpected()
    return written
  }

  get #token(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1)
    if (!token) throw formulaUnreadable({ at: 0, length: 0 }, 'it is empty.')
    return token
  }

  #unexpected() {
    const { kind, text, at, length } = this.#token
    return formulaUnreadable({ at, length }, kind === 'end' ? 'something is missing at the end.' : `“${text}” is not expected here.`)
  }

  #take(): Token {
    const token = this.#token
    this.#next += 1
    return token
  }

  #takeSign(...signs: string[]): boolean {
    if (this.#token.kind !== 'sign' || !signs.includes(this.#token.text)) return false
    this.#next += 1
    return true
  }

  /** The operator that comes next; null where none does. */
  get #operator(): string | null {
    const { kind, text, isBraced } = this.#token
    const word = text.toLowerCase()
    return (kind === 'sign' || (kind === 'name' && !isBraced)) && Object.hasOwn(BINDING, word) ? word : null
  }

  /** `floor`: only operators that bind tighter belong to it. */
  #expression(floor: number): Written {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw formulaUnreadable(this.#token, 'it is nested too deep.')
    let left = this.#operand()
    for (let name = this.#operator; name !== null && (BINDING[name] ?? 0) > floor; name = this.#operator) {
      this.#take()
      const right = this.#expression(BINDING[name] ?? 0)
      left = { kind: 'call', name, args: [left, right], span: spanOf(left.span, right.span) }
    }
    this.#depth -= 1
    return left
  }

  #operand(): Written {
    const token = this.#token
    if (this.#takeSign('(')) {
      const inner = this.#expression(0)
      if (!this.#takeSign(')')) throw this.#unexpected()
      return inner
    }
    if (this.#takeSign('-')) return this.#prefixed(token, 'negate', 6)
    if (token.kind === 'sign' || token.kind === 'end') throw this.#unexpected()
    this.#take()
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), span: token }
    if (token.kind === 'text') return { kind: 'text', value: token.text, span: token }
    if (!token.isBraced && token.text.toLowerCase() === 'not') return this.#prefixed(token, 'not', 2)
    return !token.isBraced && this.#takeSign('(') ? this.#call(token) : { kind: 'name', name: token.text, span: token }
  }

  #prefixed(token: Token, name: string, floor: number): Written {
    const arg = this.#expression(floor)
    return { kind: 'call', name, args: [arg], span: spanOf(token, arg.span) }
  }

  /** Arguments are separated by commas or, as where commas divide decimals, by semicolons. */
  #call(name: Token): Written {
    const args: Written[] = []
    while (!this.#takeSign(')')) {
      if (args.length > 0 && !this.#takeSign(',', ';')) throw this.#unexpected()
      args.push(this.#expression(0))
    }
    const end = this.#tokens[this.#next - 1] ?? name
    return { kind: 'call', name: name.text.toLowerCase(), args, span: spanOf(name, end) }
  }
}

const spanOf = (from: Span, to: Span): Span => ({ at: from.at, length: to.at + to.length - from.at })
