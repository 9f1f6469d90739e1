import { CUSTOM_PREFIX, customFieldIdOf, type FormulaTree } from '@ai-crm/contracts'
import type { Named } from './formula-part.ts'

/** How a formula names a built-in field: by its column, whose name is the key in SQL's way. An amount is one with its currency. */
export const builtInTree = (key: string): Named['tree'] =>
  key === 'amountMinor' ? { op: 'amount' } : { op: 'column', name: key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }

function keyOf({ op, name = '' }: FormulaTree): string | null {
  if (op === 'custom') return CUSTOM_PREFIX + name
  if (op === 'amount') return 'amountMinor'
  return op === 'column' ? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : null
}

/** Keys of the fields that a formula names. */
export const keysIn = (tree: FormulaTree): string[] => [...(keyOf(tree) === null ? [] : [keyOf(tree) ?? '']), ...(tree.args ?? []).flatMap(keysIn)]

export const customIdsIn = (tree: FormulaTree): string[] => keysIn(tree).flatMap((key) => customFieldIdOf(key) ?? [])
