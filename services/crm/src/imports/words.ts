import type { Locale } from '@ai-crm/contracts'

/** Reasons for which rows are refused, as the file of refused rows tells them. */
const REASONS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'crm.import.email_invalid': { en: 'Not an e-mail address', ru: 'Это не адрес почты' },
  'crm.import.phone_invalid': { en: 'Too long for a phone number', ru: 'Слишком длинно для телефона' },
  'crm.import.telegram_invalid': { en: 'Not a Telegram account', ru: 'Это не аккаунт Telegram' },
  'crm.import.text_too_long': { en: 'Too long', ru: 'Слишком длинно' },
  'crm.import.too_many_addresses': { en: 'Too many addresses', ru: 'Слишком много адресов' },
  'crm.import.too_many_tags': { en: 'Too many tags', ru: 'Слишком много тегов' },
  'crm.import.channel_unknown': { en: 'Neither e-mail, Telegram nor phone', ru: 'Не почта, не Telegram и не телефон' },
  'crm.import.language_unknown': { en: 'No such language: write it like en or German', ru: 'Нет такого языка: напишите, например, ru или немецкий' },
  'crm.import.zone_unknown': { en: 'No such time zone: write it like Europe/Berlin', ru: 'Нет такого часового пояса: напишите, например, Europe/Moscow' },
  'crm.import.consent_unknown': { en: 'Neither given nor withdrawn', ru: 'Не «дано» и не «отозвано»' },
  'crm.import.owner_unknown': { en: 'No such member', ru: 'Нет такого сотрудника' },
  'crm.import.option_unknown': { en: 'No such option', ru: 'Нет такого варианта' },
  'crm.import.number_invalid': { en: 'Not a clear number: write it like 1234 or 1.50', ru: 'Непонятное число: напишите, например, 1234 или 1,50' },
  'crm.import.money_invalid': { en: 'Not a clear amount: write it like 1234 or 1.50', ru: 'Непонятная сумма: напишите, например, 1234 или 1,50' },
  'crm.import.date_invalid': { en: 'Not a date', ru: 'Это не дата' },
  'crm.import.url_invalid': { en: 'Not a web address', ru: 'Это не адрес сайта' },
  'crm.import.checkbox_invalid': { en: 'Neither yes nor no', ru: 'Не «да» и не «нет»' },
  'crm.import.person_invalid': { en: 'No such member', ru: 'Нет такого сотрудника' },
  'crm.import.name_missing': { en: 'Neither a name nor an address', ru: 'Нет ни имени, ни адреса' },
  'crm.import.too_many_cells': { en: 'More cells than headings', ru: 'Ячеек больше, чем заголовков' },
  'crm.import.row_too_long': { en: 'The row is too long', ru: 'Строка слишком длинная' },
  'crm.import.several_contacts': { en: 'Its addresses belong to different contacts', ru: 'Адреса принадлежат разным контактам' },
  'crm.import.repeated': { en: 'Too many rows about the same record follow each other', ru: 'Слишком много строк подряд об одной записи' },
  'crm.import.tag_unknown': { en: 'No such tag, and your role does not let you make one', ru: 'Такого тега нет, а создать его не позволяет роль' },
  'crm.contact.email_taken': { en: 'An address belongs to a contact that you do not see', ru: 'Адрес принадлежит контакту, которого вы не видите' },
  'crm.deal.move_refused': { en: 'The rules of the stage do not let the deal in', ru: 'Правила этапа не пропускают сделку' },
  'crm.field.values_missing': { en: 'A field that has to have a value is empty', ru: 'Не заполнено обязательное поле' },
  'crm.import.domain_invalid': { en: 'Not a domain', ru: 'Это не домен' },
  'crm.import.domain_public': { en: 'Everybody has mail there: it is no domain of a company', ru: 'Это общая почтовая служба, а не домен компании' },
  'crm.import.size_unknown': { en: 'Not a number of employees', ru: 'Это не число сотрудников' },
  'crm.import.company_nameless': { en: 'Neither a name nor a domain', ru: 'Нет ни названия, ни домена' },
  'crm.import.several_companies': { en: 'Its domains belong to different companies', ru: 'Домены принадлежат разным компаниям' },
  'crm.company.domain_taken': { en: 'A domain belongs to a company that you do not see', ru: 'Домен принадлежит компании, которую вы не видите' },
  'crm.import.title_missing': { en: 'No title', ru: 'Нет названия' },
  'crm.import.stage_unknown': { en: 'No such stage', ru: 'Нет такого этапа' },
  'crm.import.currency_unknown': { en: 'No such currency', ru: 'Нет такой валюты' },
  'crm.import.currency_missing': { en: 'An amount without its currency', ru: 'Сумма без валюты' },
  'crm.import.reason_without_loss': { en: 'A reason for a loss, of a deal that is not lost', ru: 'Причина проигрыша у сделки, которая не проиграна' },
  'crm.import.company_unknown': { en: 'No such company', ru: 'Нет такой компании' },
  'crm.import.contact_unknown': { en: 'Nobody has one of these addresses', ru: 'Ни у кого из контактов нет такого адреса' },
  'crm.import.related_unknown': {
    en: 'No such record that you may see: write its exact name, an e-mail of the contact, a domain of the company, or its id',
    ru: 'Такой записи нет среди тех, что вы видите: напишите точное название или имя, почту контакта, домен компании или id',
  },
  'crm.import.related_ambiguous': {
    en: 'Several records are called so: write an e-mail of the contact, a domain of the company, or the id',
    ru: 'Так называются несколько записей: напишите почту контакта, домен компании или id',
  },
  'crm.operation.failed': { en: 'It could not be stored', ru: 'Не удалось сохранить' },
  'platform.record_locked': { en: 'You may not change this record', ru: 'Эту запись вам нельзя менять' },
  'platform.not_a_member': { en: 'The owner does not belong to the organisation', ru: 'Ответственный не состоит в организации' },
}
const OTHER = { en: 'This value does not fit', ru: 'Это значение не подходит' }

export const REASON_HEADING: Readonly<Record<Locale, string>> = { en: 'Why this row was refused', ru: 'Почему строка не загружена' }

/** `Email: Not an e-mail address (foo@)`. */
export function reasonText(language: Locale, { code, value }: { code: string; value: string }, heading: string | undefined): string {
  const reason = (REASONS[code] ?? OTHER)[language]
  const place = heading ? `${heading}: ` : ''
  return `${place}${reason}${value === '' ? '' : ` (${value})`}`.slice(0, 500).toWellFormed()
}
