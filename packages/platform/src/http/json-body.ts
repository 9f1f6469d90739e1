import { isUtf8 } from 'node:buffer'
import { malformedJson } from './request-errors.ts'

/** Deeper nesting is no data of ours and would let recursive code overflow its stack. */
const MAX_DEPTH = 32

/**
 * JSON as we accept it from outside: UTF-8, at most 32 levels, no duplicate or prototype-poisoning keys, no NUL
 * and no lone surrogates (PostgreSQL stores neither). Throws `malformedJson`.
 */
export function parseStrictJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw malformedJson('it is not UTF-8')
  const text = bytes.toString('utf8')
  const memberCount = measure(text)
  const value = parse(text)
  if (inspect(value) !== memberCount) throw malformedJson('a key occurs twice in one object')
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformedJson('it cannot be parsed')
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/** Counts the members of all objects (colons outside of strings) and refuses deep nesting before anything recurses. */
function measure(text: string): number {
  let members = 0
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === QUOTE) index = endOfString(text, index)
    else if (character === COLON) members++
    else if (character === 0x7b || character === 0x5b) depth++
    else if (character === 0x7d || character === 0x5d) depth--
    if (depth > MAX_DEPTH) throw malformedJson(`it is nested deeper than ${MAX_DEPTH} levels`)
  }
  return members
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === BACKSLASH) index++
    else if (character === QUOTE) return index
  }
  return text.length
}

/** Counts the members that parsing kept (fewer than were sent means duplicates) and checks every text. */
function inspect(value: unknown): number {
  if (typeof value === 'string') return checkText(value)
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + inspect(item), 0)
  let members = 0
  for (const [key, member] of Object.entries(value)) {
    if (isPoison(key, member)) throw malformedJson('it contains a forbidden key')
    checkText(key)
    members += 1 + inspect(member)
  }
  return members
}

/** Keys that reach a prototype when somebody merges the object. */
const isPoison = (key: string, member: unknown): boolean =>
  key === '__proto__' || (key === 'constructor' && typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype'))

function checkText(text: string): 0 {
  if (!isStorableText(text)) throw malformedJson('a text contains NUL or half of a character')
  return 0
}

/** Whether PostgreSQL can keep the text: no NUL, no lone surrogate. */
export const isStorableText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
