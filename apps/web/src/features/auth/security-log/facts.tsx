import {
  FLAG_KEYS,
  PERSON_SERVICES,
  ROLES,
  SecurityDetail,
  SecurityDetailValue,
  type PersonService,
  type SecurityEvent,
  type ServiceName,
} from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../../lib/session/members-query.ts'
import { Time } from '../../../ui/time.tsx'

type Value = SecurityEvent['details'][string]

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Facts whose value is one of our own words, or several; of the others it is what people have written. */
const OURS: ReadonlySet<string> = new Set(['reason', 'method', 'factor', 'by', 'provider', 'fields', 'changed', 'role', 'base', 'flag', 'service', 'tested'])
const PEOPLE: ReadonlySet<string> = new Set(['handOverTo', 'requestedById'])

type Kind = SecurityEvent['kind']
const isOurs = (kind: Kind, name: string): boolean => OURS.has(name) || (kind === 'member.role-changed' && (name === 'from' || name === 'to'))

/** What else is known of an entry. Ids say nothing to people, but for those of members; they are in the export. */
export function Facts({ kind, details }: Pick<SecurityEvent, 'kind' | 'details'>) {
  const nameOf = useFactName(kind)
  const valueOf = useValueText(kind)
  const members = useQuery(membersQuery).data?.items
  const shown = (name: string, value: Value): Value =>
    typeof value === 'string' && ID.test(value) ? (PEOPLE.has(name) && members?.find(({ userId }) => userId === value)?.name) || null : value
  const facts = Object.entries(details).flatMap(([name, value]) => {
    const told = shown(name, value)
    return told === null ? [] : [[name, told] as const]
  })
  return facts.map(([name, value]) => (
    <Fragment key={name}>
      {` · ${nameOf(name)}: `}
      {typeof value === 'string' && INSTANT.test(value) ? <Time at={value} form="full" /> : valueOf(name, value)}
    </Fragment>
  ))
}

/** A newer server may know facts that this page does not: then the name itself is shown. */
function useFactName(kind: Kind): (name: string) => string {
  const { t } = useTranslation()
  return (name) => {
    const known = SecurityDetail.safeParse(name).data
    if (kind === 'security-log.exported' && (known === 'from' || known === 'to')) return t(`securityDetails.range.${known}`)
    return known && isNamed(known) ? t(`securityDetails.names.${known}`) : name
  }
}

function useValueText(kind: Kind): (name: string, value: Value) => string {
  const { t } = useTranslation()
  const word = (text: string): string => {
    const role = ROLES.find((known) => known === text)
    if (role) return t(`settings.roles.${role}`)
    const flag = FLAG_KEYS.find((known) => known === text)
    if (flag) return t(`switches.names.${flag}`)
    const part = PERSON_SERVICES.find((known) => known === text)
    if (part) return t(`person.services.${part}`)
    const own = OWN_PARTS.find((known) => known === text)
    if (own) return t(`securityDetails.services.${own}`)
    const known = SecurityDetailValue.safeParse(text)
    return known.success ? t(`securityDetails.values.${known.data}`) : text
  }
  const nameOf = useFactName(kind)
  /** Of what was changed: some fields are called as the facts are. */
  const fieldWord = (field: string): string => (SecurityDetail.safeParse(field).success ? nameOf(field) : word(field))
  return (name, value) => {
    if (typeof value === 'boolean') return t(value ? 'securityDetails.yes' : 'securityDetails.no')
    if (typeof value !== 'string' || !isOurs(kind, name)) return String(value)
    return name === 'fields' || name === 'changed' ? value.split(/[ ,]+/).map(fieldWord).join(', ') : word(value)
  }
}

/** What is no part of a person's data. */
const OWN_PARTS = ['auth', 'websocket', 'gateway'] as const satisfies readonly Exclude<ServiceName, PersonService>[]

/** Ids of things, which are not shown. */
const UNNAMED = ['connectionId', 'customRoleId', 'erasureId', 'sessionId'] as const
const isNamed = (detail: SecurityDetail): detail is Exclude<SecurityDetail, (typeof UNNAMED)[number]> => !UNNAMED.some((known) => known === detail)
