import { passwordTooCommon } from './errors.ts'

// 49,000 passwords from published breaches, in the process: nothing is asked outside. Loaded with the first password.
let loading: Promise<ReadonlySet<string>> | null = null

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()))
}

const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }
/** Padding that attackers try first: a year, some digits, an exclamation mark. More of it is a part of the password. */
/** Of the context (ASVS 6.2.11): what everybody tries first here, whoever the person is. */
const PRODUCT_WORDS = ['aicrm', 'ai-crm']
const LONGEST_PADDING = 6
const SHORTEST_WORD = 4

/** What the password comes down to when the usual disguises are taken off. */
function disguised(password: string): string[] {
  const plain = password.normalize('NFKC').toLowerCase()
  const bare = plain.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
  const isPadded = bare.length >= SHORTEST_WORD && plain.length - bare.length <= LONGEST_PADDING
  const words = isPadded ? [plain, bare] : [plain]
  const straight = words.flatMap((word) => [word, [...word].map((letter) => LEET[letter] ?? letter).join('')])
  return straight.flatMap((word) => [word, [...word].toReversed().join('')])
}

/** Whether attackers try it early: on the list, a trivial variation of it, one thing repeated, or the person's own names. */
export async function isCommonPassword(password: string, own: readonly string[] = []): Promise<boolean> {
  const list = await (loading ??= load())
  if (/^(.{1,4})\1+$/u.test(password)) return true
  const names = new Set(
    [...PRODUCT_WORDS, ...own].flatMap((name) => [name, name.split('@')[0] ?? name]).map((name) => name.toLowerCase().replaceAll(/\s+/g, '')),
  )
  return disguised(password).some((word) => list.has(word) || (word.length >= SHORTEST_WORD && names.has(word)))
}

/** Throws `passwordTooCommon` (422) that names the field. `own`: address and names of the person. */
export async function refuseCommonPassword(password: string, field: string, own: readonly string[]): Promise<void> {
  if (await isCommonPassword(password, own)) throw passwordTooCommon(field)
}
