import type { Import, ImportProblem } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'

const last = (code: string): string => code.slice(code.lastIndexOf('.') + 1)
const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[last(code)] ?? words['other'] ?? code

/** Why a row is left out, by the code of the error. */
export const reasonWord = (t: TFunction, code: string): string => wordOf(t('imports.reasons', { returnObjects: true }), code)

/** Why a file cannot be read, and what helps. */
export const problemWord = (t: TFunction, { code, line }: ImportProblem): string =>
  wordOf(t('imports.problems', { returnObjects: true, line: line ?? '?' }), code)

export const stateWord = (t: TFunction, { state, operation }: Import): string =>
  operation ? t(`imports.running.${operation.undoneById === null ? operation.status : 'reverted'}`) : t(`imports.states.${state}`)
