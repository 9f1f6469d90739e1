import type { CreateDeal, Deal } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explainField } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText, formTextOrNull } from '../../../lib/form-text.ts'
import { parseMoney } from '../../../lib/money/money.ts'
import { beginningsIn, type PlacedStage } from '../../../lib/pipelines/stages.ts'
import { useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { DateField } from '../../../ui/date-input.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Field, inputLook, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { CustomInputs, useRequiredForm } from '../fields/custom-inputs.tsx'
import { AmountInputs } from './amount-inputs.tsx'
import { rememberCurrency, usualCurrency } from './currencies.ts'

const NO_STAGES: readonly PlacedStage[] = []

interface NewDealDialogProps {
  isOpen: boolean
  /** Where it may begin; absent: where deals of the first pipeline do. */
  stages?: readonly PlacedStage[]
  /** Of whom the deal will be. */
  companyId?: string
  contactId?: string
  onClose: () => void
  onCreated: (deal: Deal) => void
}

function useCreateDeal(onCreated: (deal: Deal) => void) {
  const cache = useQueryClient()
  return useCommand({
    run: (body: Partial<CreateDeal> & { title: string }, idempotencyKey) => api.crm.createDeal({ body, idempotencyKey }),
    onSuccess: (deal) => {
      cache.setQueryData(['crm', 'deal', deal.id], deal)
      void cache.invalidateQueries({ queryKey: ['crm', 'deals'] })
      if (deal.currency) rememberCurrency(deal.currency)
      onCreated(deal)
    },
  })
}

export function NewDealDialog({ isOpen, stages = NO_STAGES, companyId, contactId, onClose, onCreated }: NewDealDialogProps) {
  const { t, i18n } = useTranslation()
  const formId = useId()
  const rules = useFieldRules('deal')
  const required = useRequiredForm('deal')
  const [currency, setCurrency] = useState(() => usualCurrency(i18n.language))
  const [amount, setAmount] = useState('')
  const offered = beginningsIn(stages)
  const amountMinor = amount.trim() === '' ? null : parseMoney(amount, currency)
  const isWrong = amount.trim() !== '' && amountMinor === null
  const close = () => {
    required.clear()
    setAmount('')
    onClose()
  }
  const create = useCreateDeal((deal) => {
    showToast({ kind: 'done', text: t('deals.createdToast') })
    close()
    onCreated(deal)
  })
  const submit = (form: FormData) => {
    required.show()
    if (isWrong || !required.custom) return
    create.mutate({
      title: formText(form, 'title'),
      custom: required.custom,
      ...(offered.length > 1 ? { stage: formText(form, 'stage') } : {}),
      expectedCloseOn: formTextOrNull(form, 'expectedCloseOn'),
      amountMinor,
      currency: amountMinor === null ? null : currency,
      ...(companyId ? { companyId } : {}),
      ...(contactId ? { contacts: [{ contactId, role: null }] } : {}),
    })
  }
  return (
    <Dialog title={t('deals.new')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        {create.error && <ProblemNote error={create.error} />}
        <form
          id={formId}
          className="grid gap-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault()
            submit(new FormData(event.currentTarget))
          }}
        >
          <div className="sm:col-span-2">
            <TextField label={t('deals.name')} name="title" required maxLength={200} error={explainField(create.error, 'title', t)} />
          </div>
          {offered.length > 1 && <StageInput stages={offered} />}
          {!rules['amountMinor'] && (
            <AmountInputs
              amount={amount}
              currency={currency}
              problem={isWrong ? t('deals.amountWrong') : explainField(create.error, 'amountMinor', t)}
              onAmount={setAmount}
              onCurrency={setCurrency}
            />
          )}
          {!rules['expectedCloseOn'] && (
            <DateField label={t('deals.expectedClose')} name="expectedCloseOn" error={explainField(create.error, 'expectedCloseOn', t)} />
          )}
          <CustomInputs form={required} error={create.error} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
          {t('deals.new')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function StageInput({ stages }: { stages: readonly PlacedStage[] }) {
  const { t } = useTranslation()
  const nameOf = useStageName()
  return (
    <div className="sm:col-span-2">
      <Field label={t('deals.stage')}>
        {(props) => (
          <select {...props} name="stage" className={`${inputLook} h-9`}>
            {stages.map((stage) => (
              <option key={stage.id} value={stage.id}>
                {nameOf(stage)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}
