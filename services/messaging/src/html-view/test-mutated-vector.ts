import fc from 'fast-check'
import { XSS_VECTORS } from './xss-vectors.ts'

const NOISE = [
  '',
  '<',
  '>',
  '"',
  "'",
  '`',
  '\0',
  '/',
  '&',
  '&#',
  '<!--',
  '-->',
  ']]>',
  '</',
  '<svg>',
  '<math>',
  '<style>',
  '</style>',
  '<table>',
  '\t',
  '\n',
  '=',
  '<b title="',
]

/** Two vectors cut and put into each other, with what confuses parsers between them. */
export const mutatedVector: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...XSS_VECTORS), fc.constantFrom(...XSS_VECTORS), fc.nat(), fc.nat(), fc.constantFrom(...NOISE), fc.constantFrom(...NOISE))
  .map(([one, other, at, cut, before, between]) => {
    const [split, from] = [at % (one.length + 1), cut % (other.length + 1)]
    return before + one.slice(0, split) + between + other.slice(from) + one.slice(split)
  })
