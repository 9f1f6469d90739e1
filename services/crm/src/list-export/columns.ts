import { CUSTOM_PREFIX, type Company, type Contact, type CustomValue, type Deal, type ListRecord } from '@ai-crm/contracts'
import type { FieldRow } from '../fields/field.ts'
import { writeSeveral } from '../several-in-cell.ts'
import type { Cell } from './cell.ts'
import { decimalOf } from './decimal.ts'
import type { Names } from './names.ts'
import { consentName, HEADINGS, stageName, yesOrNo, type Heading } from './words.ts'

export interface Column<Item> {
  /** Of the field that it tells: hidden with it. */
  readonly key: string
  readonly heading: string
  readonly cell: (item: Item, names: Names) => Cell
}

interface Exportable {
  readonly id: string
  readonly tagIds: readonly string[]
  readonly ownerId: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly custom: Readonly<Record<string, CustomValue>>
}

type Part<Item> = readonly [key: string, heading: Heading, cell: (item: Item, names: Names) => Cell]

const listed = (texts: readonly (string | null | undefined)[]): string => writeSeveral(texts.flatMap((text) => text || []))

const shared: readonly Part<Exportable>[] = [
  ['ownerId', 'ownerId', ({ ownerId }, { people }) => (ownerId === null ? null : (people.get(ownerId) ?? ownerId))],
  ['tagIds', 'tagIds', ({ tagIds }, { tags }) => listed(tagIds.map((id) => tags.get(id)))],
]
const times: readonly Part<Exportable>[] = [
  ['createdAt', 'createdAt', ({ createdAt }, { atWall }) => atWall(createdAt)],
  ['updatedAt', 'updatedAt', ({ updatedAt }, { atWall }) => atWall(updatedAt)],
  ['id', 'id', ({ id }) => id],
]

const CONTACT: readonly Part<Contact>[] = [
  ['name', 'name', ({ name }) => name],
  ['email', 'email', ({ emails, email }) => emails[0]?.address ?? email],
  ['emails', 'otherEmails', ({ emails }) => listed(emails.slice(1).map(({ address }) => address))],
  ['phone', 'phone', ({ phone }) => listed([phone])],
  ['phones', 'otherPhones', ({ phones }) => listed(phones.slice(1).map(({ number }) => number))],
  ['telegrams', 'telegrams', ({ telegrams }) => listed(telegrams.map(({ id, username }) => (username === null ? id : `@${username}`)))],
  ['company', 'company', ({ company }) => company],
  ['position', 'position', ({ position }) => position],
  ['note', 'note', ({ note }) => note],
  ...shared,
  ['preferredChannel', 'preferredChannel', ({ preferredChannel }) => preferredChannel],
  ['timeZone', 'timeZone', ({ timeZone }) => timeZone],
  ['language', 'language', ({ language }) => language],
  ['consent', 'consent', ({ consent }, { language }) => (consent === null ? null : consentName(language, consent))],
  ['consentOn', 'consentOn', ({ consentOn }) => (consentOn === null ? null : { day: consentOn })],
  ['consentSource', 'consentSource', ({ consentSource }) => consentSource],
  ['consentNote', 'consentNote', ({ consentNote }) => consentNote],
  ['source', 'source', ({ source }) => source],
  ['lastActivityAt', 'lastActivityAt', ({ lastActivityAt }, { atWall }) => atWall(lastActivityAt)],
  ...times,
]

const COMPANY: readonly Part<Company>[] = [
  ['name', 'name', ({ name }) => name],
  ['domains', 'domains', ({ domains }) => listed(domains)],
  ['website', 'website', ({ website }) => website],
  ['phone', 'phone', ({ phone }) => phone],
  ['address', 'address', ({ address }) => address],
  ['industry', 'industry', ({ industry }) => industry],
  ['size', 'size', ({ size }) => size],
  ['note', 'note', ({ note }) => note],
  ['parentId', 'parentId', ({ parentId }, { related }) => (parentId === null ? null : (related.get(parentId) ?? null))],
  ...shared,
  ...times,
]

const DEAL: readonly Part<Deal>[] = [
  ['title', 'title', ({ title }) => title],
  ['amountMinor', 'amountMinor', ({ amountMinor, currency }) => (amountMinor === null || currency === null ? null : decimalOf(amountMinor, currency))],
  ['amountMinor', 'currency', ({ currency }) => currency],
  ['stage', 'stage', ({ stage }, { language, stages }) => stageName(language, stage, stages.get(stage) ?? stage)],
  ['lostReason', 'lostReason', ({ lostReason }) => lostReason],
  ['expectedCloseOn', 'expectedCloseOn', ({ expectedCloseOn }) => (expectedCloseOn === null ? null : { day: expectedCloseOn })],
  ['companyId', 'companyId', ({ companyName }) => companyName],
  ...shared,
  ...times,
]

const headed = <Item extends Exportable>(parts: readonly Part<Item>[], names: Names): Column<Item>[] => [
  ...parts.map(([key, heading, cell]) => ({ key, heading: HEADINGS[names.language][heading], cell })),
  ...names.fields.flatMap((field) => customColumns(field, names.language)),
]

export const columnsOf = {
  contact: (names: Names) => headed(CONTACT, names),
  company: (names: Names) => headed(COMPANY, names),
  deal: (names: Names) => headed(DEAL, names),
} as const satisfies Record<ListRecord, unknown>

/** An amount takes two columns: the number, and of what. */
function customColumns({ id, label, kind, options }: FieldRow, language: Names['language']): Column<Exportable>[] {
  const key = CUSTOM_PREFIX + id
  const optionName = (chosen: string) => options.find((option) => option.id === chosen)?.label
  const valueOf = ({ custom }: Exportable) => custom[id] ?? null
  if (kind === 'money')
    return [
      { key, heading: label, cell: (item) => moneyCell(valueOf(item), 'amount') },
      { key, heading: `${label} (${HEADINGS[language].currency})`, cell: (item) => moneyCell(valueOf(item), 'currency') },
    ]
  const cell = (item: Exportable, names: Names): Cell => {
    const value = valueOf(item)
    if (Array.isArray(value)) return listed(value.map(optionName))
    if (typeof value === 'boolean') return yesOrNo(names.language, value)
    if (value === null || typeof value === 'object') return null
    if (kind === 'select') return optionName(String(value)) ?? null
    if (kind === 'person') return names.people.get(String(value)) ?? String(value)
    if (kind === 'relation') return names.related.get(String(value)) ?? null
    return kind === 'date' ? { day: String(value) } : value
  }
  return [{ key, heading: label, cell }]
}

function moneyCell(value: CustomValue | null, part: 'amount' | 'currency'): Cell {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return part === 'amount' ? decimalOf(value.amountMinor, value.currency) : value.currency
}
