import { ContactEmail, ContactTelegram, type MergeRecord } from '@ai-crm/contracts'
import { z } from 'zod'
import { domainOfAnother } from '../companies/free-domains.ts'
import { addressOfAnother } from '../contacts/taken-addresses.ts'
import { listOf, type Values } from './record-values.ts'

/** What to say where somebody else has taken an address or a domain of the written values in this moment; other errors as they are. */
export function takenByAnother(record: MergeRecord, error: unknown, written: Values): unknown {
  if (record === 'company') return domainOfAnother(error, z.array(z.string()).parse(listOf(written, 'domains')))
  const emails = z.array(ContactEmail).parse(listOf(written, 'emails'))
  const telegrams = z.array(ContactTelegram).parse(listOf(written, 'telegrams'))
  return addressOfAnother(error, { emails, telegrams }, {})
}
