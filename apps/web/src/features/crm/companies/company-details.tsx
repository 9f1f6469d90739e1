import type { Company, UpdateCompany } from '@ai-crm/contracts'
import { ArrowUpRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan, useFieldRules } from '../../../lib/session/session-store.ts'
import { useMayWrite } from '../../../lib/session/use-may-write.ts'
import { Choice } from '../../../ui/field.tsx'
import { Time } from '../../../ui/time.tsx'
import { CustomField, CustomFields, type CustomFieldProps } from '../fields/custom-fields.tsx'
import { FieldRow } from '../records/field-row.tsx'
import { InlineField } from '../records/inline-field.tsx'
import { TagsField } from '../tags/tags-field.tsx'
import { OwnerField, type Colleague } from '../records/owner-field.tsx'
import { COMPANY_FIELDS, changeOf, fieldLimits, textOf, type CompanyField } from './company-fields.ts'
import { sizeOf, sizeOptions } from './company-sizes.ts'
import { ParentField } from './parent-field.tsx'
import { useUpdateCompany } from './use-update-company.ts'

/** Where the server's problem with a field stands: those of domains are numbered. */
const problemField = (field: CompanyField, company: Company): string => (field === 'domains' ? `domains/${company.domains.length}` : field)

/** Everything that is known about a company, each field changeable in place; what the person's role hides is left out. */
export function CompanyDetails({ company, members }: { company: Company; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const rules = useFieldRules('company')
  const isReached = useMayWrite('company', company.ownerId)
  const canUpdate = useCan('crm.company.update') && isReached
  const update = useUpdateCompany(company)
  const tagging = useUpdateCompany(company)
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-0.5">
        {COMPANY_FIELDS.filter((field) => rules[field] !== 'hidden').map((field) => (
          <TypedField key={field} company={company} field={field} canUpdate={canUpdate && rules[field] !== 'read-only'} />
        ))}
        {rules['size'] !== 'hidden' && <SizeField company={company} canUpdate={canUpdate && rules['size'] !== 'read-only'} />}
        <ParentField company={company} canUpdate={canUpdate} />
        <TagsField tagIds={company.tagIds} canUpdate={canUpdate} update={tagging} onChange={(tagIds) => tagging.mutate({ tagIds })} />
        <OwnerField ownerId={company.ownerId} members={members} canUpdate={canUpdate} update={update} onChoose={(ownerId) => update.mutate({ ownerId })} />
        <CustomFields record="company" values={company.custom} canUpdate={canUpdate}>
          {(props) => <OwnField {...props} company={company} />}
        </CustomFields>
      </dl>
      {!isReached && <p className="text-xs text-muted">{t('records.locked')}</p>}
      <p className="text-xs text-faint">
        {t('companies.created')} <Time at={company.createdAt} form="relative" />
      </p>
    </div>
  )
}

function OwnField({ company, ...props }: CustomFieldProps & { company: Company }) {
  return <CustomField {...props} update={useUpdateCompany(company)} />
}

function TypedField({ company, field, canUpdate }: { company: Company; field: CompanyField; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateCompany(company)
  return (
    <InlineField<UpdateCompany>
      label={t(`companies.${field}`)}
      value={textOf(company, field)}
      maxLength={fieldLimits[field]}
      isMultiline={field === 'note' || field === 'address'}
      canUpdate={canUpdate}
      aside={field === 'website' && company.website && <WebsiteLink url={company.website} />}
      changeOf={(typed) => changeOf(company, field, typed)}
      update={update}
      field={problemField(field, company)}
      ownConflicts={['crm.company.domain_taken']}
    />
  )
}

/** Only what a browser may open: the contract lets no other scheme in. */
const WebsiteLink = ({ url }: { url: string }) => {
  const { t } = useTranslation()
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      aria-label={t('companies.openWebsite')}
      className="flex size-7.5 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
    >
      <ArrowUpRight aria-hidden className="size-3.5" />
    </a>
  )
}

function SizeField({ company, canUpdate }: { company: Company; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateCompany(company)
  return (
    <FieldRow label={t('companies.size')} problem={update.error && explain(update.error, t)}>
      {canUpdate ? (
        <Choice
          isLabelHidden
          label={t('companies.size')}
          isQuiet
          value={company.size ?? ''}
          options={sizeOptions(t)}
          disabled={update.isPending}
          onChange={(size) => update.mutate({ size: sizeOf(size) })}
        />
      ) : (
        <p className="px-1 py-1">{company.size ? t('companies.people', { range: company.size }) : '—'}</p>
      )}
    </FieldRow>
  )
}
