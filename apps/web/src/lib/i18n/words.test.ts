import { PERMISSIONS, PUBLIC_EVENT_TYPES } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { explainedCodes } from '../api/explain.ts'
import * as en from './en/words.ts'
import * as ru from './ru/words.ts'
import { permissionNames } from './ru/roles.ts'
import { webhookEvents } from './ru/webhooks.ts'

type Tree = { [key: string]: string | Tree }

/** `a.b` → text; the plural endings differ between languages and are left out of the names. */
function flatten(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, string | Tree]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}/`),
  )
}
const withoutPlural = (key: string) => key.replace(/_(one|few|many|other)$/, '')
const namesOf = (words: object) => [...new Set(flatten(words).map(([key]) => withoutPlural(key)))].toSorted()
const slotsOf = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted()

it('has every word in both languages', () => {
  expect(namesOf(ru)).toEqual(namesOf(en))
})

it('has every plural form that the language needs', () => {
  for (const [words, forms] of [
    [en, ['one', 'other']],
    [ru, ['one', 'few', 'many', 'other']],
  ] as const) {
    const keys = flatten(words).map(([key]) => key)
    for (const key of keys.filter((name) => name.endsWith('_one'))) {
      expect(keys).toEqual(expect.arrayContaining(forms.map((form) => `${withoutPlural(key)}_${form}`)))
    }
  }
})

it('fills the same places in both languages', () => {
  const english = new Map(flatten(en).map(([key, text]) => [withoutPlural(key), slotsOf(text)]))
  for (const [key, text] of flatten(ru)) expect([key, slotsOf(text)]).toEqual([key, english.get(withoutPlural(key))])
})

it('leaves nothing empty and no Russian sentence untranslated', () => {
  for (const [, text] of [...flatten(en), ...flatten(ru)]) expect(text.trim()).not.toBe('')
  const english = new Map(flatten(en))
  const same = flatten(ru).filter(
    ([key, text]) => english.get(key) === text && /\p{L}{4}/u.test(text.replaceAll(/\{\{\w+\}\}|Excel|XLSX|JSON|Telegram|Windows-\d+/g, '')),
  )
  expect(same).toEqual([])
})

it('names every permission, and none that does not exist', () => {
  expect(Object.keys(permissionNames).toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted())
})

it('says of every public event what it tells, and of none that does not exist', () => {
  expect(Object.keys(webhookEvents).toSorted()).toEqual([...PUBLIC_EVENT_TYPES, 'webhook.ping'].toSorted())
})

it('shows the words of every problem that has its own', () => {
  expect(Object.keys(en.problems.codes).toSorted()).toEqual([...explainedCodes].toSorted())
})
