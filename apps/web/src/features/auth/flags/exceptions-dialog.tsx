import type { FlagException, InstallationFlag } from '@ai-crm/contracts'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { ExceptionForm } from './exception-form.tsx'
import { flagExceptionsQuery } from './queries.ts'
import { useFlagName } from './use-flag-name.ts'

/** What the operator decided about single organisations: find one by its mail name, then decide. */
export function ExceptionsDialog({ flag, onClose }: { flag: InstallationFlag; onClose: () => void }) {
  const { t } = useTranslation()
  const name = useFlagName()(flag.key)
  const [chosen, setChosen] = useState<FlagException | null>(null)
  return (
    <Dialog title={chosen ? `${name}: ${chosen.organization.slug}` : t('switches.exceptions.title', { name })} isOpen onClose={onClose}>
      {chosen ? (
        <ExceptionForm flag={flag} exception={chosen} onDone={() => setChosen(null)} />
      ) : (
        <>
          <DialogBody>
            <p className="text-muted">{t('switches.exceptions.text')}</p>
            <FindForm flag={flag.key} onFound={setChosen} />
            <ExceptionList flag={flag.key} onChoose={setChosen} />
          </DialogBody>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}

function FindForm({ flag, onFound }: { flag: string; onFound: (exception: FlagException) => void }) {
  const { t } = useTranslation()
  const find = useMutation({
    mutationFn: (organization: string) => api.auth.getFlagException({ params: { flag, organization } }),
    onSuccess: onFound,
  })
  const isUnknown = isStatus(find.error, 404)
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        find.mutate(formText(new FormData(event.currentTarget), 'organization').trim())
      }}
    >
      <div className="flex items-start gap-2">
        <div className="flex-1">
          <TextField
            label={t('switches.exceptions.organization')}
            hint={t('switches.exceptions.hint')}
            error={isUnknown ? t('switches.exceptions.unknown') : undefined}
            name="organization"
            required
            maxLength={63}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        <Button type="submit" className="mt-[1.4rem] h-9" isBusy={find.isPending}>
          {t('switches.exceptions.find')}
        </Button>
      </div>
      {find.error && !isUnknown && <ProblemNote error={find.error} />}
    </form>
  )
}

function ExceptionList({ flag, onChoose }: { flag: string; onChoose: (exception: FlagException) => void }) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(flagExceptionsQuery(flag))
  const exceptions = data?.pages.flatMap(({ items }) => items)
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!exceptions) return <SkeletonRows count={2} label={t('common.loading')} />
  if (exceptions.length === 0) return <EmptyState icon={<Building2 />} title={t('switches.exceptions.none')} text={t('switches.exceptions.noneText')} />
  return (
    <>
      <ul aria-label={t('switches.exceptions.list')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {exceptions.map((exception) => (
          <li key={exception.organization.id} className="flex items-center gap-3 px-4 py-2.5">
            <span className="min-w-0 flex-1 truncate font-medium">{exception.organization.slug}</span>
            <Badge tone={exception.operator === true ? 'ok' : 'danger'}>{t(exception.operator === true ? 'switches.on' : 'switches.exceptions.off')}</Badge>
            <Button aria-label={`${t('switches.change')}: ${exception.organization.slug}`} onClick={() => onChoose(exception)}>
              {t('switches.change')}
            </Button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  )
}
