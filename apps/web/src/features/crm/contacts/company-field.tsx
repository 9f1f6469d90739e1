import type { Contact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain, explainField } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { CompanyChoice } from '../companies/company-choice.tsx'
import { CompanyLink } from '../companies/company-link.tsx'
import { useCreateCompany } from '../companies/use-create-company.ts'
import { useUpdateContact } from './use-update-contact.ts'

/** Where somebody works: a company of ours, or only what was written. Choosing, creating and clearing count at once. */
export function CompanyField({ contact, canUpdate }: { contact: Contact; canUpdate: boolean }) {
  const { t } = useTranslation()
  const canSee = useCan('crm.company.read')
  const update = useUpdateContact(contact)
  const create = useCreateCompany(({ id }) => update.mutate({ companyId: id }))
  const error = update.error ?? create.error
  const { company, companyId } = contact
  const text = company && <span className="inline-block max-w-full truncate px-1 py-1">{company}</span>
  return (
    <CompanyChoice
      label={t('contacts.company')}
      value={companyId && canSee ? <CompanyLink companyId={companyId} name={company} /> : text}
      text={company ?? ''}
      canUpdate={canUpdate}
      problem={error && (explainField(error, 'companyId', t) ?? explain(error, t))}
      onChoose={({ id }) => id !== companyId && update.mutate({ companyId: id })}
      onCreate={(name) => create.mutate({ name })}
      onText={(name) => update.mutate({ company: name })}
      {...(company ? { onClear: () => update.mutate({ company: null, companyId: null }) } : {})}
    />
  )
}
