import type { Company } from '@ai-crm/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../lib/api/explain.ts'
import { formText, formTextOrNull } from '../../../lib/form-text.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { CustomInputs, useRequiredForm } from '../fields/custom-inputs.tsx'
import { toDomains } from './company-fields.ts'
import { toWebsite } from '../../../lib/web-address.ts'
import { sizeOf, sizeOptions } from './company-sizes.ts'
import { useCreateCompany } from './use-create-company.ts'

const bodyOf = (form: FormData, size: string) => ({
  name: formText(form, 'name'),
  domains: toDomains(formText(form, 'domains')),
  website: toWebsite(formText(form, 'website')),
  phone: formTextOrNull(form, 'phone'),
  industry: formTextOrNull(form, 'industry'),
  note: formTextOrNull(form, 'note'),
  size: sizeOf(size),
})

interface NewCompanyDialogProps {
  isOpen: boolean
  onClose: () => void
  onCreated: (company: Company) => void
}

export function NewCompanyDialog({ isOpen, onClose, onCreated }: NewCompanyDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const rules = useFieldRules('company')
  const required = useRequiredForm('company')
  const [size, setSize] = useState('')
  const close = () => {
    required.clear()
    setSize('')
    onClose()
  }
  const create = useCreateCompany((company) => {
    showToast({ kind: 'done', text: t('companies.createdToast') })
    close()
    onCreated(company)
  })
  const problem = (field: string) => explainField(create.error, field, t)
  const domainProblem = Array.from({ length: 20 }, (_domain, index) => problem(`domains/${index}`)).find((text) => text !== undefined) ?? problem('domains')
  return (
    <Dialog title={t('companies.new')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        {create.error && <ProblemNote error={create.error} />}
        <form
          id={formId}
          className="grid gap-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault()
            required.show()
            if (required.custom) create.mutate({ ...bodyOf(new FormData(event.currentTarget), size), custom: required.custom })
          }}
        >
          <TextField label={t('companies.name')} name="name" required maxLength={200} error={problem('name')} />
          {!rules['domains'] && (
            <TextField
              label={t('companies.domains')}
              name="domains"
              maxLength={2000}
              placeholder="acme.com"
              hint={t('companies.domainsHint')}
              error={domainProblem}
            />
          )}
          {!rules['website'] && <TextField label={t('companies.website')} name="website" maxLength={500} placeholder="acme.com" error={problem('website')} />}
          {!rules['phone'] && <TextField label={t('companies.phone')} name="phone" type="tel" maxLength={40} error={problem('phone')} />}
          {!rules['industry'] && <TextField label={t('companies.industry')} name="industry" maxLength={100} error={problem('industry')} />}
          {!rules['size'] && <Choice label={t('companies.size')} value={size} options={sizeOptions(t)} onChange={setSize} />}
          {!rules['note'] && (
            <div className="sm:col-span-2">
              <TextArea label={t('companies.note')} name="note" rows={3} maxLength={5000} error={problem('note')} />
            </div>
          )}
          <CustomInputs form={required} error={create.error} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
          {t('companies.new')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
