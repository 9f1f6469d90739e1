import { CUSTOM_PREFIX, type Field, LIST_FIELDS, type ListField, type ListRecord, rulesWithin } from '@ai-crm/contracts'
import { useMe } from '../../../lib/session/session-store.ts'
import { useFields } from '../fields/queries.ts'

/** A field that many records can be given the same value of. */
export interface ChangeField {
  readonly key: string
  readonly kind: ListField['kind']
  readonly custom?: Field
}

const CHANGEABLE: Readonly<Record<ListRecord, readonly string[]>> = {
  contact: ['ownerId', 'companyId', 'position', 'note', 'preferredChannel', 'timeZone', 'language', 'consent', 'consentOn', 'consentSource'],
  company: ['ownerId', 'industry', 'size', 'website', 'phone', 'address', 'note'],
  deal: ['stage', 'ownerId', 'companyId', 'expectedCloseOn'],
}

/** Those that the reader's role lets them change. */
export function useChangeFields(record: ListRecord): ChangeField[] {
  const me = useMe()
  const rules = rulesWithin(record, me.fields[record])
  const customs = useFields(record)
    .filter(({ formula }) => formula === null)
    .map((custom): ChangeField => ({ key: `${CUSTOM_PREFIX}${custom.id}`, kind: custom.kind, custom }))
  const known = CHANGEABLE[record].flatMap((key): ChangeField[] => {
    const kind = LIST_FIELDS[record].find((field) => field.key === key)?.kind
    return kind ? [{ key, kind }] : []
  })
  return [...known, ...customs].filter(({ key }) => rules[key] === undefined)
}
