import { describe, expect, it } from 'vitest'
import { ariaKeys, keycaps, matchesPress, parseKeys, type KeyPress } from './keys.ts'

const press = (keys: string): KeyPress => parseKeys(keys)[0] ?? { key: '', isMod: false, isAlt: false, isShift: false }
const event = (key: string, code: string, extra: Partial<KeyboardEvent> = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...extra,
})

describe('shortcuts', () => {
  it('reads presses and sequences', () => {
    expect(parseKeys('g i').map(({ key }) => key)).toEqual(['g', 'i'])
    expect(press('mod+enter')).toEqual({ key: 'enter', isMod: true, isAlt: false, isShift: false })
  })
  it('works on the Russian layout, where the letter differs but the key is the same', () => {
    expect(matchesPress(press('j'), event('о', 'KeyJ'))).toBe(true)
    expect(matchesPress(press('mod+k'), event('л', 'KeyK', { ctrlKey: true }))).toBe(true)
    expect(matchesPress(press('?'), event(',', 'Slash', { shiftKey: true }))).toBe(true)
    expect(matchesPress(press('/'), event('.', 'Slash'))).toBe(true)
  })
  it('does not take a press with another modifier', () => {
    expect(matchesPress(press('e'), event('e', 'KeyE', { ctrlKey: true }))).toBe(false)
    expect(matchesPress(press('e'), event('E', 'KeyE', { shiftKey: true }))).toBe(false)
    expect(matchesPress(press('mod+enter'), event('Enter', 'Enter'))).toBe(false)
  })
  it('names keys for screen readers and draws them for eyes', () => {
    expect(ariaKeys('mod+k')).toBe('Control+K')
    expect(ariaKeys('mod+enter')).toBe('Control+Enter')
    expect(keycaps('mod+k', true)).toEqual(['⌘', 'K'])
    expect(keycaps('g i', false)).toEqual(['G', 'I'])
  })
})
