import type { Deal, UpdateDeal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan, useFieldRules } from '../../../lib/session/session-store.ts'
import { Time } from '../../../ui/time.tsx'
import { CompanyChoice } from '../companies/company-choice.tsx'
import { CompanyLink } from '../companies/company-link.tsx'
import { useCreateCompany } from '../companies/use-create-company.ts'
import { CustomField, CustomFields, type CustomFieldProps } from '../fields/custom-fields.tsx'
import { InlineField } from '../records/inline-field.tsx'
import { TagsField } from '../tags/tags-field.tsx'
import { OwnerField, type Colleague } from '../records/owner-field.tsx'
import { AmountField } from './amount-field.tsx'
import { CloseField } from './close-field.tsx'
import { LostReasonField } from './lost-reason-field.tsx'
import { StagePath } from './stage-path.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

/** Everything that is known about a deal, each field changeable in place; what the person's role hides is left out. */
export function DealDetails({ deal, members }: { deal: Deal; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const rules = useFieldRules('deal')
  const canUpdate = useCan('crm.deal.update')
  const update = useUpdateDeal(deal)
  const tagging = useUpdateDeal(deal)
  return (
    <div className="flex flex-col gap-3">
      <StagePath deal={deal} canUpdate={canUpdate} />
      <dl className="flex flex-col gap-0.5">
        <TitleField deal={deal} canUpdate={canUpdate} />
        {deal.stageKind === 'lost' && <LostReasonField deal={deal} canUpdate={canUpdate} />}
        {rules['amountMinor'] !== 'hidden' && <AmountField deal={deal} canUpdate={canUpdate && !rules['amountMinor']} />}
        {rules['expectedCloseOn'] !== 'hidden' && <CloseField deal={deal} canUpdate={canUpdate && !rules['expectedCloseOn']} />}
        <DealCompany deal={deal} canUpdate={canUpdate} />
        <TagsField tagIds={deal.tagIds} canUpdate={canUpdate} update={tagging} onChange={(tagIds) => tagging.mutate({ tagIds })} />
        <OwnerField ownerId={deal.ownerId} members={members} canUpdate={canUpdate} update={update} onChoose={(ownerId) => update.mutate({ ownerId })} />
        <CustomFields record="deal" values={deal.custom} canUpdate={canUpdate}>
          {(props) => <OwnField {...props} deal={deal} />}
        </CustomFields>
      </dl>
      <p className="text-xs text-faint">
        {t('deals.created')} <Time at={deal.createdAt} form="relative" />
      </p>
    </div>
  )
}

function OwnField({ deal, ...props }: CustomFieldProps & { deal: Deal }) {
  return <CustomField {...props} update={useUpdateDeal(deal)} />
}

function TitleField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateDeal(deal)
  return (
    <InlineField<UpdateDeal>
      label={t('deals.name')}
      value={deal.title}
      maxLength={200}
      canUpdate={canUpdate}
      changeOf={(typed) => (typed.trim() === '' || typed.trim() === deal.title ? null : { title: typed.trim() })}
      update={update}
      field="title"
    />
  )
}

function DealCompany({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const canSee = useCan('crm.company.read')
  const update = useUpdateDeal(deal)
  const create = useCreateCompany(({ id }) => update.mutate({ companyId: id }))
  const error = update.error ?? create.error
  const { companyId, companyName } = deal
  return (
    <CompanyChoice
      label={t('deals.company')}
      value={companyId && (canSee ? <CompanyLink companyId={companyId} name={companyName} /> : '—')}
      text={companyName ?? ''}
      canUpdate={canUpdate && canSee}
      problem={error && explain(error, t)}
      onChoose={({ id }) => id !== companyId && update.mutate({ companyId: id })}
      onCreate={(name) => create.mutate({ name })}
      {...(companyId ? { onClear: () => update.mutate({ companyId: null }) } : {})}
    />
  )
}
