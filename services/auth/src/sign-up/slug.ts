const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'i',
  є: 'ye',
  ґ: 'g',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
}

/** Addresses that mean somebody else: RFC 2142's roles, what mail systems write themselves, and our own demo. */
const RESERVED: ReadonlySet<string> = new Set([
  'abuse',
  'admin',
  'administrator',
  'api',
  'billing',
  'demo',
  'ftp',
  'hostmaster',
  'info',
  'mail',
  'mailer-daemon',
  'marketing',
  'no-reply',
  'noc',
  'noreply',
  'postmaster',
  'root',
  'sales',
  'security',
  'support',
  'usenet',
  'uucp',
  'webmaster',
  'www',
])

const MAX_LENGTH = 40
const FALLBACK = 'team'

/** The name of an organisation as the local part of a mail address: `ООО «Рога и Копыта»` → `ooo-roga-i-kopyta`. */
export function slugOf(name: string): string {
  const latin = [...name.normalize('NFC').toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('')
  const words = latin
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
  const slug = words.replace(/^-/, '').slice(0, MAX_LENGTH).replace(/-$/, '')
  return slug === '' ? FALLBACK : slug
}

/** What to try, in this order: the slug itself unless it is reserved, then numbered ones. */
export function slugCandidates(name: string, count: number): string[] {
  const slug = slugOf(name)
  const numbered = Array.from({ length: count }, (_, index) => `${slug}-${index + 2}`)
  return RESERVED.has(slug) ? numbered : [slug, ...numbered]
}
