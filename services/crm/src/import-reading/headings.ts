import { IMPORT_FIELDS, type ImportAnalysis, type ImportField } from '@ai-crm/contracts'

/** What columns are called, in exports of ours and of others, in English and Russian; as `plainHeading` makes them. */
const SYNONYMS: Readonly<Record<ImportField, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'fullname',
    'contact',
    'contact name',
    'display name',
    'имя',
    'фио',
    'ф и о',
    'полное имя',
    'полное имя контакта',
    'наименование',
    'имя фамилия',
    'фамилия имя',
    'имя и фамилия',
    'контакт',
    'контактное лицо',
  ],
  firstName: ['first name', 'firstname', 'given name', 'forename', 'имя контакта'],
  lastName: ['last name', 'lastname', 'surname', 'family name', 'фамилия'],
  email: [
    'email',
    'e mail',
    'mail',
    'email address',
    'e mail address',
    'other e mails',
    'email work',
    'email home',
    'email other',
    'work email',
    'additional email addresses',
    'почта',
    'эл почта',
    'электронная почта',
    'адрес почты',
    'другая почта',
    'рабочий email',
    'личный email',
    'другой email',
    'рабочая почта',
    'личная почта',
  ],
  phone: [
    'phone',
    'phone number',
    'telephone',
    'tel',
    'mobile',
    'mobile phone',
    'mobile phone number',
    'cell',
    'work phone',
    'home phone',
    'other phones',
    'phone work',
    'phone home',
    'phone mobile',
    'phone other',
    'whatsapp phone number',
    'телефон',
    'тел',
    'номер телефона',
    'мобильный',
    'мобильный телефон',
    'сотовый',
    'рабочий телефон',
    'рабочий прямой телефон',
    'домашний телефон',
    'другой телефон',
    'другие телефоны',
  ],
  telegram: ['telegram', 'telegram username', 'tg', 'телеграм', 'телеграмм'],
  company: [
    'company',
    'company name',
    'associated company',
    'organization',
    'organisation',
    'account',
    'account name',
    'компания',
    'организация',
    'компания контакта',
    'название компании',
  ],
  position: ['position', 'job title', 'title', 'role', 'job', 'должность'],
  note: ['note', 'notes', 'comment', 'comments', 'description', 'заметка', 'заметки', 'комментарий', 'примечание', 'примечание 1', 'описание'],
  tags: ['tags', 'tag', 'label', 'labels', 'теги', 'тег', 'метки', 'метка'],
  owner: ['owner', 'contact owner', 'assigned to', 'responsible', 'ответственный', 'менеджер', 'владелец'],
}

/** Without case, and with one blank for whatever stands between words. */
export const plainHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const FIELD_BY_HEADING: ReadonlyMap<string, ImportField> = new Map(
  IMPORT_FIELDS.flatMap((field) => SYNONYMS[field].map((word): [string, ImportField] => [word, field])),
)

type Preset = ImportAnalysis['preset']

/** By headings that only exports of that product have together. */
export function presetOf(headings: readonly string[]): Preset {
  const plain = new Set(headings.map(plainHeading))
  if (headings.filter((heading) => /^(person|контактное лицо|контакт) - /i.test(heading.trim())).length >= 2) return 'pipedrive'
  if (plain.has('record id') && (plain.has('contact owner') || plain.has('lead status') || plain.has('first name'))) return 'hubspot'
  if ((plain.has('рабочий телефон') || plain.has('рабочий email')) && plain.has('ответственный')) return 'amocrm'
  return null
}

/** "Person - Email - Work" is an e-mail address. */
export function fieldOfHeading(heading: string, preset: Preset): ImportField | null {
  const bare = preset === 'pipedrive' ? heading.replace(/^[^-]+ - /, '') : heading
  const plain = plainHeading(bare)
  // amoCRM has the whole name beside its parts.
  if (preset === 'amocrm' && plain === 'имя') return 'firstName'
  return FIELD_BY_HEADING.get(plain) ?? null
}
