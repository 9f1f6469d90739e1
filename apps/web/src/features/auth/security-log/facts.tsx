import { FLAG_KEYS, ROLES, SecurityDetail, SecurityDetailValue, type SecurityEvent } from '@ai-crm/contracts'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../ui/time.tsx'

type Value = SecurityEvent['details'][string]

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Facts whose value is one of our own words, or several; of the others it is what people have written. */
const OURS: ReadonlySet<string> = new Set([
  'reason',
  'method',
  'factor',
  'by',
  'provider',
  'fields',
  'changed',
  'role',
  'base',
  'flag',
  'service',
  'tested',
  'from',
  'to',
])

/** What else is known of an entry. Ids say nothing to people; they are in the export. */
export function Facts({ details }: Pick<SecurityEvent, 'details'>) {
  const nameOf = useFactName()
  const valueOf = useValueText()
  const facts = Object.entries(details).filter(([, value]) => value !== null && !(typeof value === 'string' && ID.test(value)))
  return facts.map(([name, value]) => (
    <Fragment key={name}>
      {` · ${nameOf(name)}: `}
      {typeof value === 'string' && INSTANT.test(value) ? <Time at={value} form="full" /> : valueOf(name, value)}
    </Fragment>
  ))
}

/** A newer server may know facts that this page does not: then the name itself is shown. */
function useFactName(): (name: string) => string {
  const { t } = useTranslation()
  return (name) => {
    const known = SecurityDetail.safeParse(name)
    return known.success ? t(`securityDetails.names.${known.data}`) : name
  }
}

function useValueText(): (name: string, value: Value) => string {
  const { t } = useTranslation()
  const word = (text: string): string => {
    const role = ROLES.find((known) => known === text)
    if (role) return t(`settings.roles.${role}`)
    const flag = FLAG_KEYS.find((known) => known === text)
    if (flag) return t(`switches.names.${flag}`)
    const part = PARTS.find((known) => known === text)
    if (part) return t(`person.services.${part}`)
    const own = OWN_PARTS.find((known) => known === text)
    if (own) return t(`securityDetails.services.${own}`)
    const known = SecurityDetailValue.safeParse(text)
    return known.success ? t(`securityDetails.values.${known.data}`) : text
  }
  const nameOf = useFactName()
  /** Of what was changed: some fields are called as the facts are. */
  const fieldWord = (field: string): string => (SecurityDetail.safeParse(field).success ? nameOf(field) : word(field))
  return (name, value) => {
    if (typeof value === 'boolean') return t(value ? 'securityDetails.yes' : 'securityDetails.no')
    if (typeof value !== 'string' || !OURS.has(name)) return String(value)
    return name === 'fields' || name === 'changed' ? value.split(/[ ,]+/).map(fieldWord).join(', ') : word(value)
  }
}

const PARTS = ['crm', 'messaging', 'ai', 'webhook', 'pipeline'] as const
const OWN_PARTS = ['auth', 'websocket', 'gateway'] as const
