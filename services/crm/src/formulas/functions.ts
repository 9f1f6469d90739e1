import type { FormulaTree } from '@ai-crm/contracts'
import { formulaUnfit, type Span } from './errors.ts'
import type { Gives, Part } from './formula-part.ts'

type Call = (args: readonly Part[], span: Span) => Omit<Part, 'span'>

const KINDS: Readonly<Record<string, string>> = { number: 'a number', money: 'an amount', text: 'a text', date: 'a date', checkbox: 'yes or no' }

const treesOf = (args: readonly Part[]): FormulaTree[] => args.map(({ tree }) => tree)

function requireCount(args: readonly Part[], span: Span, least: number, most = least): void {
  if (args.length >= least && args.length <= most) return
  throw formulaUnfit(span, least === most ? `This takes ${least}, not ${args.length}.` : `This takes ${least} at least, and ${most} at most.`)
}

/** Nothing fits everywhere. */
function requireKind({ gives, span }: Part, ...kinds: Exclude<Gives, null>[]): void {
  if (gives === null || kinds.includes(gives)) return
  throw formulaUnfit(span, `This is ${KINDS[gives]}; here belongs ${kinds.map((kind) => KINDS[kind]).join(' or ')}.`)
}

/** The kind that all have in common. */
function commonKind(args: readonly Part[]): Gives {
  const first = args.find(({ gives }) => gives !== null)?.gives ?? null
  for (const arg of args) if (first !== null) requireKind(arg, first)
  return first
}

/** A function of fixed kinds. */
const of =
  (op: string, gives: Gives, ...kinds: Exclude<Gives, null>[]): Call =>
  (args, span) => {
    requireCount(args, span, kinds.length)
    kinds.forEach((kind, at) => args[at] && requireKind(args[at], kind))
    return { tree: { op, args: treesOf(args), ...(gives === 'number' ? { gives } : {}) }, gives }
  }

/** A function of numbers and amounts by the kinds that it is given, `money number`; null gives nothing else away. */
const byKinds =
  (rules: Readonly<Record<string, { op: string; gives: Gives }>>): Call =>
  (args, span) => {
    const asked = args.map(({ gives }) => gives ?? 'number').join(' ')
    const rule = rules[asked]
    if (!rule) throw formulaUnfit(span, `This cannot be done with ${args.map(({ gives }) => KINDS[gives ?? 'number']).join(' and ')}.`)
    const counts = rule.gives === 'number' || rule.gives === 'money' ? { gives: rule.gives } : {}
    return { tree: { op: rule.op, args: treesOf(args), ...counts }, gives: rule.gives }
  }

const same = (op: string) => ({ 'number number': { op, gives: 'number' }, 'money money': { op, gives: 'money' } }) as const
const alone = (op: string) => ({ number: { op, gives: 'number' }, money: { op, gives: 'money' } }) as const

const NOTHING: FormulaTree = { op: 'value', value: null }
const isNothing = ({ tree }: Part): boolean => tree.op === 'value' && tree.value === null

const order =
  (op: string, isTurned = false): Call =>
  (args) => {
    commonKind(args)
    for (const arg of args) {
      if (isNothing(arg)) throw formulaUnfit(arg.span, 'Nothing is more or less than no value. ISEMPTY tests whether there is one.')
      requireKind(arg, 'number', 'money', 'date')
    }
    return { tree: { op, args: isTurned ? treesOf(args).toReversed() : treesOf(args) }, gives: 'checkbox' }
  }

/** Two that have no value are not equal, unless that is what is asked: `= EMPTY`, `= ""`. */
const equal: Call = (args) => {
  commonKind(args)
  const asked = args.some(isNothing) ? args.filter((arg) => !isNothing(arg)) : null
  return { tree: asked ? { op: 'isEmpty', args: asked.length === 0 ? [NOTHING] : treesOf(asked) } : { op: 'equal', args: treesOf(args) }, gives: 'checkbox' }
}
const unequal: Call = (args) => {
  commonKind(args)
  return { tree: { op: 'unequal', args: treesOf(args) }, gives: 'checkbox' }
}

/** Of several, two by two: the same as of all at once. */
const extreme =
  (op: string, ofDates: string): Call =>
  (args, span) => {
    requireCount(args, span, 2, 20)
    const gives = commonKind(args)
    for (const arg of args) requireKind(arg, 'number', 'money', 'date')
    const counts = gives === 'number' || gives === 'money' ? { gives } : {}
    const tree = treesOf(args).reduce((left, right) => ({ op: gives === 'date' ? ofDates : op, args: [left, right], ...counts }))
    return { tree, gives }
  }

const logic =
  (op: string): Call =>
  (args, span) => {
    requireCount(args, span, 2, 20)
    for (const arg of args) requireKind(arg, 'checkbox')
    return { tree: { op, args: treesOf(args) }, gives: 'checkbox' }
  }

const join: Call = (args) => {
  for (const arg of args) requireKind(arg, 'text', 'number', 'date')
  return { tree: { op: 'join', args: treesOf(args) }, gives: 'text' }
}

const choose: Call = (args, span) => {
  requireCount(args, span, 2, 3)
  const [condition, ...values] = args
  if (condition) requireKind(condition, 'checkbox')
  return { tree: { op: 'if', args: [...treesOf(args), ...(values.length === 1 ? [NOTHING] : [])] }, gives: commonKind(values) }
}

const firstOf: Call = (args, span) => {
  requireCount(args, span, 2, 20)
  return { tree: { op: 'first', args: treesOf(args) }, gives: commonKind(args) }
}

const isEmpty: Call = (args, span) => {
  requireCount(args, span, 1)
  return { tree: { op: 'isEmpty', args: treesOf(args) }, gives: 'checkbox' }
}

const add = byKinds({ ...same('add'), 'date number': { op: 'addDays', gives: 'date' } })
const texts: Call = (args, span) => (args.some(({ gives }) => gives === 'text') ? join(args, span) : add(args, span))

/** Operators and functions by their names in small letters: what they take, and what they give (`crm.formula_value` computes it). */
export const FUNCTIONS: Readonly<Record<string, Call>> = {
  '+': texts,
  '-': byKinds({ ...same('subtract'), 'date number': { op: 'subtractDays', gives: 'date' }, 'date date': { op: 'days', gives: 'number' } }),
  '*': byKinds({
    'number number': { op: 'multiply', gives: 'number' },
    'money number': { op: 'multiply', gives: 'money' },
    'number money': { op: 'multiply', gives: 'money' },
  }),
  '/': byKinds({
    'number number': { op: 'divide', gives: 'number' },
    'money number': { op: 'divide', gives: 'money' },
    'money money': { op: 'divide', gives: 'number' },
  }),
  '&': join,
  '=': equal,
  '==': equal,
  '<>': unequal,
  '!=': unequal,
  '<': order('less'),
  '<=': order('atMost'),
  '>': order('less', true),
  '>=': order('atMost', true),
  and: logic('and'),
  or: logic('or'),
  not: of('not', 'checkbox', 'checkbox'),
  negate: byKinds(alone('negate')),
  abs: byKinds(alone('abs')),
  round: (args, span) =>
    of('round', 'number', 'number', 'number')(args.length === 1 ? [...args, { tree: { op: 'value', value: 0 }, gives: 'number', span }] : args, span),
  min: extreme('least', 'earliest'),
  max: extreme('greatest', 'latest'),
  if: choose,
  first: firstOf,
  isempty: isEmpty,
  days: of('days', 'number', 'date', 'date'),
  addmonths: of('addMonths', 'date', 'date', 'number'),
  year: of('year', 'number', 'date'),
  month: of('month', 'number', 'date'),
  length: of('length', 'number', 'text'),
  upper: of('upper', 'text', 'text'),
  lower: of('lower', 'text', 'text'),
}
