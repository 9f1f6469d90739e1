import type { CompanyImportField, DealImportField } from '@ai-crm/contracts'

const TAGS = ['tags', 'tag', 'label', 'labels', 'теги', 'тег', 'теги сделки', 'теги компании', 'метки', 'метка']
const OWNER = ['owner', 'assigned to', 'responsible', 'ответственный', 'менеджер', 'владелец']
const NOTE = ['note', 'notes', 'comment', 'comments', 'description', 'заметка', 'заметки', 'комментарий', 'примечание', 'описание']

/** What columns about companies are called; see contact-headings.ts. */
export const COMPANY_HEADINGS: Readonly<Record<CompanyImportField, readonly string[]>> = {
  name: [
    'name',
    'company',
    'company name',
    'organization',
    'organisation',
    'organization name',
    'account name',
    'имя',
    'название',
    'наименование',
    'компания',
    'организация',
    'название компании',
  ],
  domains: ['domains', 'domain', 'company domain name', 'website domain', 'email domain', 'домены', 'домен'],
  website: ['website', 'website url', 'web', 'web site', 'url', 'site', 'сайт', 'веб сайт', 'web сайт'],
  phone: ['phone', 'phone number', 'telephone', 'work phone', 'телефон', 'рабочий телефон', 'номер телефона'],
  address: ['address', 'street address', 'full combined address of address', 'full address', 'адрес', 'юридический адрес', 'фактический адрес'],
  industry: ['industry', 'sector', 'отрасль', 'сфера деятельности', 'вид деятельности'],
  size: ['size', 'company size', 'number of employees', 'employees', 'headcount', 'размер', 'количество сотрудников', 'число сотрудников', 'сотрудников'],
  note: NOTE,
  tags: TAGS,
  owner: [...OWNER, 'company owner'],
}

export const DEAL_HEADINGS: Readonly<Record<DealImportField, readonly string[]>> = {
  title: ['title', 'deal', 'deal name', 'deal title', 'name', 'opportunity', 'opportunity name', 'название', 'название сделки', 'сделка', 'наименование'],
  amount: ['amount', 'value', 'deal value', 'deal amount', 'budget', 'price', 'сумма', 'бюджет', 'стоимость', 'сумма сделки', 'цена'],
  currency: ['currency', 'deal currency code', 'currency of value', 'валюта'],
  stage: ['stage', 'deal stage', 'status', 'этап', 'этап сделки', 'стадия', 'стадия сделки', 'статус'],
  lostReason: ['lost because', 'lost reason', 'closed lost reason', 'причина проигрыша', 'причина отказа', 'причина закрытия'],
  expectedClose: [
    'expected close',
    'close date',
    'expected close date',
    'closing date',
    'закрытие',
    'дата закрытия',
    'ожидаемая дата закрытия',
    'предполагаемая дата закрытия',
  ],
  company: [
    'company',
    'company name',
    'associated company',
    'organization',
    'organisation',
    'account name',
    'компания',
    'организация',
    'компания контакта',
    'название компании',
  ],
  companyDomain: ['domain', 'company domain', 'company domain name', 'associated company domain', 'домен', 'домен компании', 'сайт компании'],
  people: ['email', 'e mail', 'contact email', 'associated contact email', 'email address', 'people', 'почта', 'почта контакта', 'рабочий email', 'эл почта'],
  tags: TAGS,
  owner: [...OWNER, 'deal owner'],
}
