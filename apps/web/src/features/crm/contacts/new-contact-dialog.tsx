import type { Contact } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { formText, formTextOrNull } from '../../../lib/form-text.ts'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { LooksLike } from '../duplicates/looks-like.tsx'
import type { Likeness } from '../duplicates/queries.ts'
import { CustomInputs, useRequiredForm } from '../fields/custom-inputs.tsx'

const bodyOf = (form: FormData) => ({
  name: formText(form, 'name'),
  email: formTextOrNull(form, 'email'),
  phone: formTextOrNull(form, 'phone'),
  company: formTextOrNull(form, 'company'),
  position: formTextOrNull(form, 'position'),
  note: formTextOrNull(form, 'note'),
})

/** What is typed so far, as far as it says who this is. */
function likenessOf(form: FormData): Likeness {
  const typed = bodyOf(form)
  return Object.fromEntries((['name', 'email', 'phone', 'company'] as const).flatMap((field) => (typed[field] ? [[field, typed[field]]] : [])))
}

interface NewContactDialogProps {
  isOpen: boolean
  /** The company that the contact will be of. */
  companyId?: string
  onClose: () => void
  onCreated: (contact: Contact) => void
}

export function NewContactDialog({ isOpen, companyId, onClose, onCreated }: NewContactDialogProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const formId = useId()
  const rules = useFieldRules('contact')
  const required = useRequiredForm('contact')
  const [typed, setTyped] = useState<Likeness>({})
  const close = () => {
    required.clear()
    setTyped({})
    onClose()
  }
  const create = useCommand({
    run: (form: FormData, idempotencyKey) =>
      api.crm.createContact({ body: { ...bodyOf(form), custom: required.custom ?? {}, ...(companyId ? { companyId } : {}) }, idempotencyKey }),
    onSuccess: (contact) => {
      cache.setQueryData(['crm', 'contact', contact.id], contact)
      void cache.invalidateQueries({ queryKey: ['crm', 'contacts'] })
      showToast({ kind: 'done', text: t('contacts.createdToast') })
      close()
      onCreated(contact)
    },
  })
  const problem = (field: string) => fieldProblem(create.error, field)
  return (
    <Dialog title={t('contacts.new')} isOpen={isOpen} onClose={close}>
      <DialogBody>
        {create.error && <ProblemNote error={create.error} />}
        <form
          id={formId}
          className="grid gap-4 sm:grid-cols-2"
          onInput={(event) => setTyped(likenessOf(new FormData(event.currentTarget)))}
          onSubmit={(event) => {
            event.preventDefault()
            required.show()
            if (required.custom) create.mutate(new FormData(event.currentTarget))
          }}
        >
          <TextField label={t('contacts.name')} name="name" required maxLength={200} error={problem('name')} />
          {!rules['email'] && <TextField label={t('contacts.email')} name="email" type="email" maxLength={254} error={problem('email')} />}
          {!rules['phone'] && <TextField label={t('contacts.phone')} name="phone" type="tel" maxLength={40} error={problem('phone')} />}
          {!rules['company'] && !companyId && <TextField label={t('contacts.company')} name="company" maxLength={200} error={problem('company')} />}
          {!rules['position'] && <TextField label={t('contacts.position')} name="position" maxLength={200} error={problem('position')} />}
          {!rules['note'] && (
            <div className="sm:col-span-2">
              <TextArea label={t('contacts.note')} name="note" rows={3} maxLength={5000} error={problem('note')} />
            </div>
          )}
          <LooksLike typed={typed} onOpen={close} />
          <CustomInputs form={required} error={create.error} />
        </form>
      </DialogBody>
      <DialogActions>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
          {t('contacts.new')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
