import type { Tag } from '@ai-crm/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField, isStatus } from '../../../lib/api/explain.ts'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { ColorChoice } from './color-choice.tsx'
import { useTagCommands } from './use-tag-commands.ts'

interface TagDialogProps {
  /** Null makes a new one. */
  tag: Tag | null
  tags: readonly Tag[]
  onClose: () => void
}

/** Name and colour of a tag, and its end: deleted, or merged into another. Mounted anew for each. */
export function TagDialog({ tag, tags, onClose }: TagDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const [name, setName] = useState(tag?.name ?? '')
  const [color, setColor] = useState(tag?.color ?? 'blue')
  const [isRemoving, setRemoving] = useState(false)
  const { save, merge, remove } = useTagCommands(tag, onClose)
  const error = save.error ?? merge.error ?? remove.error
  const nameProblem = explainField(save.error, 'name', t)
  return (
    <Dialog title={t(tag ? 'tags.edit' : 'tags.create')} isOpen onClose={onClose}>
      <DialogBody>
        {error && !nameProblem && (isStatus(error, 412) ? <p role="alert">{t('records.newer')}</p> : <ProblemNote error={error} />)}
        <form
          id={formId}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({ name: name.trim(), color })
          }}
        >
          <TextField label={t('tags.name')} required maxLength={60} value={name} error={nameProblem} onChange={({ target }) => setName(target.value)} />
          <ColorChoice value={color} onChange={setColor} />
        </form>
        {tag && tags.length > 1 && <MergeInto others={tags.filter(({ id }) => id !== tag.id)} isBusy={merge.isPending} onMerge={(id) => merge.mutate(id)} />}
      </DialogBody>
      <DialogActions>
        {tag && (
          <Button kind="danger" className="mr-auto" onClick={() => setRemoving(true)}>
            {t('tags.delete')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={save.isPending}>
          {t('common.save')}
        </Button>
      </DialogActions>
      <Confirm
        isOpen={isRemoving}
        title={t('tags.deleteTitle', { name: tag?.name ?? '' })}
        text={t('tags.deleteText', { count: tag?.recordCount ?? 0 })}
        action={t('tags.delete')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      />
    </Dialog>
  )
}

function MergeInto({ others, isBusy, onMerge }: { others: readonly Tag[]; isBusy: boolean; onMerge: (intoId: string) => void }) {
  const { t } = useTranslation()
  const [intoId, setIntoId] = useState('')
  return (
    <div className="flex items-end gap-2 border-t border-line pt-4">
      <div className="min-w-0 flex-1">
        <Choice
          label={t('tags.mergeInto')}
          hint={t('tags.mergeHint')}
          value={intoId}
          options={[{ value: '', label: t('tags.mergeChoose') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={setIntoId}
        />
      </div>
      <Button className="mb-5.5 h-9!" disabled={intoId === ''} isBusy={isBusy} onClick={() => onMerge(intoId)}>
        {t('tags.merge')}
      </Button>
    </div>
  )
}
