import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../../lib/api/api.ts'
import { explain } from '../../../../lib/api/explain.ts'
import { useCommand } from '../../../../lib/api/use-command.ts'
import type { PlacedStage } from '../../../../lib/pipelines/stages.ts'
import { inputLook } from '../../../../ui/field.tsx'
import type { MoveFields } from '../../deals/move/demanded-form.ts'
import { demandedIn } from '../../deals/move/demanded-keys.ts'
import { MoveDialog } from '../../deals/move/move-dialog.tsx'

interface AddCardProps {
  stage: PlacedStage
  onAdded: (dealId: string) => void
  onClose: () => void
}

/** A deal made inside a column by its name: Enter makes it and waits for the next, Esc ends. What the stage demands is asked for. */
export function AddCard({ stage, onAdded, onClose }: AddCardProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [title, setTitle] = useState('')
  const create = useCommand({
    run: (fields: MoveFields, idempotencyKey) => api.crm.createDeal({ body: { ...fields, title: title.trim(), stage: stage.id }, idempotencyKey }),
    onSuccess: ({ id }) => {
      setTitle('')
      void cache.invalidateQueries({ queryKey: ['crm', 'deals'] })
      onAdded(id)
    },
  })
  const keys = demandedIn(create.error)
  const [asked, setAsked] = useState<readonly string[] | null>(null)
  const send = (fields: MoveFields) =>
    create.mutate(fields, { onSuccess: () => setAsked(null), onError: (error) => setAsked((before) => demandedIn(error) ?? before) })
  return (
    <>
      <form
        className="mb-2 flex flex-col gap-1.5 rounded-xl border border-accent bg-surface p-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') send({})
        }}
      >
        <input
          autoFocus
          aria-label={t('deals.name')}
          placeholder={t('board.addPlaceholder')}
          maxLength={200}
          value={title}
          readOnly={create.isPending}
          onChange={({ target }) => setTitle(target.value)}
          onBlur={() => title.trim() === '' && onClose()}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.key === 'Escape') onClose()
          }}
          className={`${inputLook} h-8`}
        />
        {create.error && !keys && (
          <p role="alert" className="text-xs text-danger">
            {explain(create.error, t)}
          </p>
        )}
      </form>
      {/* Beside the form: what the dialog submits would be submitted by the form around it too. */}
      {asked && (
        <MoveDialog
          stage={stage}
          keys={asked}
          move={{ error: create.error && !keys ? create.error : null, isPending: create.isPending, mutate: send }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
