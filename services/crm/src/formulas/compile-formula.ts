import type { CustomFieldKind, FormulaTree } from '@ai-crm/contracts'
import { formulaUnfit, formulaUnknownName, formulaUnreadable, type Span } from './errors.ts'
import type { Named, Part } from './formula-part.ts'
import { FUNCTIONS } from './functions.ts'
import { parseFormula, type Written } from './parse-formula.ts'

export interface Compiled {
  readonly kind: CustomFieldKind
  readonly tree: FormulaTree
  /** With the keys of fields instead of their names. */
  readonly formula: string
  /** Where in what was given each field is named. */
  readonly uses: readonly { readonly key: string; readonly span: Span }[]
}

/** The database computes a step inside the other, and has a stack of its own. */
const MAX_TREE_DEPTH = 60
const depthOf = ({ args = [] }: FormulaTree): number => 1 + Math.max(0, ...args.map(depthOf))

/** Reads a formula and finds out what it gives. `find` knows fields by key and by label. Throws `formulaUnreadable`, `formulaUnknownName`, `formulaUnfit` (422). */
export function compileFormula(formula: string, find: (name: string) => Named | undefined): Compiled {
  const uses: { key: string; span: Span }[] = []
  const partOf = (written: Written): Part => {
    const { kind, span } = written
    if (kind === 'number') return { tree: { op: 'value', value: written.value }, gives: 'number', span }
    if (kind === 'text') return { tree: { op: 'value', value: written.value === '' ? null : written.value }, gives: 'text', span }
    if (kind === 'name') return constantOf(written.name, span) ?? fieldOf(written.name, span)
    const call = Object.hasOwn(FUNCTIONS, written.name) ? FUNCTIONS[written.name] : undefined
    if (!call) throw formulaUnknownName({ at: span.at, length: written.name.length }, written.name)
    return { ...call(written.args.map(partOf), span), span }
  }
  const fieldOf = (name: string, span: Span): Part => {
    const found = find(name)
    if (!found) throw formulaUnknownName(span, name)
    uses.push({ key: found.key, span })
    return { tree: found.tree, gives: found.gives, span }
  }
  const whole = partOf(parseFormula(formula))
  if (whole.gives === null) throw formulaUnfit(whole.span, 'This gives nothing.')
  if (depthOf(whole.tree) > MAX_TREE_DEPTH) throw formulaUnreadable(whole.span, 'it has too many steps.')
  return { kind: whole.gives, tree: whole.tree, formula: withKeys(formula, uses), uses }
}

function constantOf(name: string, span: Span): Part | null {
  const word = name.toLowerCase()
  if (word === 'true' || word === 'false') return { tree: { op: 'value', value: word === 'true' }, gives: 'checkbox', span }
  return word === 'empty' ? { tree: { op: 'value', value: null }, gives: null, span } : null
}

/** From the last to the first: the places of those before stay right. */
const withKeys = (formula: string, uses: Compiled['uses']): string =>
  uses
    .toSorted((a, b) => b.span.at - a.span.at)
    .reduce((text, { key, span }) => `${text.slice(0, span.at)}{${key}}${text.slice(span.at + span.length)}`, formula)
