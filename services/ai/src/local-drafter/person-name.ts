import { RUSSIAN_FIRST_NAMES } from './russian-first-names.ts'

export interface PersonName {
  first: string
  /** Отчество, where it was given. */
  patronymic: string | null
  /** Told by the patronymic only; never guessed from a first name. */
  gender: 'female' | 'male' | null
  script: 'cyrillic' | 'latin'
  full: string
}

/** Words of names that belong to companies, departments and robots, not to people. */
const NOT_A_PERSON = new Set([
  'ооо',
  'оао',
  'зао',
  'пао',
  'ао',
  'ип',
  'тоо',
  'компания',
  'группа',
  'отдел',
  'служба',
  'бухгалтерия',
  'магазин',
  'поддержка',
  'продажи',
  'секретарь',
  'приемная',
  'ltd',
  'llc',
  'inc',
  'gmbh',
  'corp',
  'company',
  'group',
  'team',
  'sales',
  'support',
  'info',
  'office',
  'service',
  'services',
  'department',
  'admin',
  'noreply',
  'marketing',
  'accounting',
  'billing',
  'help',
  'shop',
  'store',
])

const HONORIFIC = /^(?:mr|mrs|ms|miss|dr|prof|sir|г-н|г-жа)\.?$/iu
const FEMALE_PATRONYMIC = /(?:овна|евна|ична|инична)$/u
const MALE_PATRONYMIC = /(?:ович|евич|ич)$/u

/** How to address somebody by the name in their mail program or in the CRM; null when it names no person. */
export function personName(given: string | null): PersonName | null {
  if (!given || /[@\d_/\\|&<>[\]{}]/u.test(given)) return null
  const [beforeComma = '', afterComma] = given.split(',').map((part) => part.trim())
  const words = (afterComma ? `${afterComma} ${beforeComma}` : beforeComma)
    .split(/\s+/)
    .map((word) => word.replace(/^["'«(]+|["'»).]+$/gu, ''))
    .filter((word) => word !== '' && !HONORIFIC.test(word))
  if (words.length === 0 || words.length > 4) return null
  if (words.some((word) => NOT_A_PERSON.has(plain(word)) || !/^\p{L}[\p{L}'’-]*$/u.test(word))) return null

  const names = words.map(capitalised)
  return /\p{Script=Cyrillic}/u.test(given) ? cyrillicName(names) : latinName(names)
}

function latinName(names: string[]): PersonName | null {
  const [first] = names
  if (first === undefined || first.length < 2) return null
  return { first, patronymic: null, gender: null, script: 'latin', full: names.join(' ') }
}

function cyrillicName(names: string[]): PersonName | null {
  const at = names.findIndex((name, position) => position > 0 && patronymicGender(name) !== null)
  const patronymic = names[at] ?? null
  const first = patronymic !== null && names.length <= 3 ? names[at - 1] : firstOfTwo(names)
  if (first === undefined || first.length < 2) return null

  return { first, patronymic, gender: patronymic === null ? null : patronymicGender(patronymic), script: 'cyrillic', full: names.join(' ') }
}

/** "Иванов Пётр" and "Пётр Иванов" are the same person. */
function firstOfTwo(names: string[]): string | undefined {
  const [one, two] = names
  return one !== undefined && two !== undefined && !RUSSIAN_FIRST_NAMES.has(plain(one)) && RUSSIAN_FIRST_NAMES.has(plain(two)) ? two : one
}

/** Surnames such as "Абрамович" end like patronymics, so a first name has to stand before it. */
function patronymicGender(name: string): 'female' | 'male' | null {
  if (FEMALE_PATRONYMIC.test(name)) return 'female'
  return MALE_PATRONYMIC.test(name) ? 'male' : null
}

const plain = (word: string): string => word.toLowerCase().replaceAll('ё', 'е')

/** "ПЕТРОВА" and "петрова" → "Петрова", "anna-maria" → "Anna-Maria"; "McDonald" stays. */
function capitalised(word: string): string {
  const isOneCase = word === word.toUpperCase() || word === word.toLowerCase()
  if (!isOneCase) return word
  return word.toLowerCase().replace(/(^|-)(\p{L})/gu, (_match, before: string, letter: string) => before + letter.toUpperCase())
}
