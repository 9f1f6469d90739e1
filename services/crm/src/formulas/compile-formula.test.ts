import { expect, it } from 'vitest'
import { compileFormula } from './compile-formula.ts'
import type { Named } from './formula-part.ts'

const NAMES: Readonly<Record<string, Named['gives']>> = { n: 'number', m: 'money', t: 'text', d: 'date', c: 'checkbox', 'own field': 'number' }
const find = (name: string): Named | undefined => {
  const gives = NAMES[name]
  return gives && { key: name === 'own field' ? 'custom.1' : name, gives, tree: { op: 'custom', name } }
}
const refusal = (formula: string): unknown => {
  try {
    return compileFormula(formula, find)
  } catch (error) {
    return error
  }
}

it.each([
  ['1 + 2 * n', 'number'],
  ['m * n / 100', 'money'],
  ['m / m', 'number'],
  ['ROUND(n / 3, 2)', 'number'],
  ['d + 30', 'date'],
  ['d - d', 'number'],
  ['t & " " & n', 'text'],
  ['t + n', 'text'],
  ["IF(m > m and not c, 'yes', t)", 'text'],
  ['IF(c; d)', 'date'],
  ['MAX(d, addmonths(d, 1))', 'date'],
  ['FIRST(n, EMPTY, 0)', 'number'],
  ['-n <> 2', 'checkbox'],
  ['{own field} + 1', 'number'],
] as const)('finds out what a formula gives: %s is %s', (formula, kind) => {
  expect(compileFormula(formula, find).kind).toBe(kind)
})

it('computes as people write: times before plus, from the left, signs first', () => {
  const treeOf = (formula: string) => JSON.stringify(compileFormula(formula, find).tree)
  expect(treeOf('1 + 2 * 3')).toBe(treeOf('1 + (2 * 3)'))
  expect(treeOf('1 - 2 - 3')).toBe(treeOf('(1 - 2) - 3'))
  expect(treeOf('-n * 2')).toBe(treeOf('(-n) * 2'))
  expect(treeOf('not c and c')).toBe(treeOf('(not c) and c'))
  expect(treeOf('1 > 2')).toBe(treeOf('2 < 1'))
})

it.each(['t = EMPTY', 't == empty', 'EMPTY = t', "t = ''"])('asks with %s whether there is a value', (formula) => {
  expect(compileFormula(formula, find).tree).toEqual(compileFormula('ISEMPTY(t)', find).tree)
})

it('keeps the keys of fields instead of their names', () => {
  expect(compileFormula('n + { own field } * n', find).formula).toBe('{n} + {custom.1} * {n}')
})

it.each([
  ['n + ', 'crm.formula.unreadable', '/formula/4/0'],
  ['n + * 2', 'crm.formula.unreadable', '/formula/4/1'],
  ['n # 2', 'crm.formula.unreadable', '/formula/2/1'],
  ['(n', 'crm.formula.unreadable', '/formula/2/0'],
  ['n n', 'crm.formula.unreadable', '/formula/2/1'],
  ['2 * {wings}', 'crm.formula.unknown_name', '/formula/4/7'],
  ['n + FLY(2)', 'crm.formula.unknown_name', '/formula/4/3'],
  ['n + constructor(2)', 'crm.formula.unknown_name', '/formula/4/11'],
  ['n + 12ab5678-0000-7000-8000-000000000000', 'crm.formula.unknown_name', '/formula/4/36'],
  ['n * t', 'crm.formula.unfit', '/formula/0/5'],
  ['m + n', 'crm.formula.unfit', '/formula/0/5'],
  ['IF(n, 1, 2)', 'crm.formula.unfit', '/formula/3/1'],
  ['IF(c, n, t)', 'crm.formula.unfit', '/formula/9/1'],
  ['YEAR(d, d)', 'crm.formula.unfit', '/formula/0/10'],
  ['EMPTY', 'crm.formula.unfit', '/formula/0/5'],
  ['n > EMPTY', 'crm.formula.unfit', '/formula/4/5'],
  ["'' <= t", 'crm.formula.unfit', '/formula/0/2'],
  [`n${' + n'.repeat(90)}`, 'crm.formula.unreadable', '/formula/0/361'],
  [`${'('.repeat(60)}n${')'.repeat(60)}`, 'crm.formula.unreadable', '/formula/40/1'],
])('refuses %s at its place', (formula, code, field) => {
  expect(refusal(formula)).toMatchObject({ code, fields: [{ field }] })
})
