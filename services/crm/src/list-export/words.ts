import { FIRST_STAGES, type Locale } from '@ai-crm/contracts'

/** Headings of the built-in fields, as the screens call them. An import knows all but how people are reached again. */
export const HEADINGS = {
  en: {
    id: 'ID',
    name: 'Name',
    title: 'Title',
    email: 'E-mail',
    otherEmails: 'Other e-mails',
    phone: 'Phone',
    otherPhones: 'Other phones',
    telegrams: 'Telegram',
    company: 'Company',
    position: 'Position',
    note: 'Note',
    source: 'Source',
    ownerId: 'Owner',
    preferredChannel: 'Reach by',
    timeZone: 'Time zone',
    language: 'Language',
    consent: 'Consent',
    consentOn: 'Consent since',
    consentSource: 'Consent said by',
    consentNote: 'Remark on consent',
    lastActivityAt: 'Last activity',
    tagIds: 'Tags',
    createdAt: 'Created',
    updatedAt: 'Changed',
    domains: 'Domains',
    website: 'Website',
    address: 'Address',
    industry: 'Industry',
    size: 'Size',
    parentId: 'Part of',
    amountMinor: 'Amount',
    currency: 'Currency',
    stage: 'Stage',
    lostReason: 'Lost because',
    expectedCloseOn: 'Expected close',
    companyId: 'Company',
  },
  ru: {
    id: 'ID',
    name: 'Имя',
    title: 'Название',
    email: 'Почта',
    otherEmails: 'Другая почта',
    phone: 'Телефон',
    otherPhones: 'Другие телефоны',
    telegrams: 'Telegram',
    company: 'Компания',
    position: 'Должность',
    note: 'Заметка',
    source: 'Откуда',
    ownerId: 'Ответственный',
    preferredChannel: 'Как связаться',
    timeZone: 'Часовой пояс',
    language: 'Язык',
    consent: 'Согласие',
    consentOn: 'Дата согласия',
    consentSource: 'Источник согласия',
    consentNote: 'Пояснение к согласию',
    lastActivityAt: 'Последняя активность',
    tagIds: 'Теги',
    createdAt: 'Создано',
    updatedAt: 'Изменено',
    domains: 'Домены',
    website: 'Сайт',
    address: 'Адрес',
    industry: 'Отрасль',
    size: 'Размер',
    parentId: 'Входит в',
    amountMinor: 'Сумма',
    currency: 'Валюта',
    stage: 'Этап',
    lostReason: 'Причина проигрыша',
    expectedCloseOn: 'Закрытие',
    companyId: 'Компания',
  },
} as const satisfies Record<Locale, Record<string, string>>
export type Heading = keyof (typeof HEADINGS)['en']

const CHECKED = { en: ['no', 'yes'], ru: ['нет', 'да'] } as const
export const yesOrNo = (language: Locale, value: boolean): string => CHECKED[language][value ? 1 : 0]

const STAGES: Readonly<Record<string, string>> = {
  new: 'Новая',
  qualified: 'Квалификация',
  proposal: 'Предложение',
  negotiation: 'Переговоры',
  won: 'Выиграна',
  lost: 'Проиграна',
}
/** Names of the stages that everybody begins with are translated as long as nobody has changed them. */
export function stageName(language: Locale, stage: string, name: string): string {
  const first = FIRST_STAGES.find(({ id }) => id === stage)
  return language === 'ru' && first?.name === name ? (STAGES[stage] ?? name) : name
}

const CONSENT_NAMES = { en: { given: 'given', withdrawn: 'withdrawn' }, ru: { given: 'дано', withdrawn: 'отозвано' } } as const
export const consentName = (language: Locale, consent: 'given' | 'withdrawn'): string => CONSENT_NAMES[language][consent]
