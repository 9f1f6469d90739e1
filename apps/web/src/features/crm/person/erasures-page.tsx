import { PERSON_SERVICES, type PersonErasure } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Download, Eraser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../../lib/api/save-file.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { CountsList } from './counts-list.tsx'
import { erasuresQuery } from './queries.ts'

/** Who asked for which erasure, how far it is, and what it came to; of whom is told nowhere any more. */
export function ErasuresPage({ nameOf }: { nameOf: (userId: string) => string | null }) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(erasuresQuery)
  const items = data?.pages.flatMap((page) => page.items)
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('person.erasures')} text={t('person.erasuresText')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!items && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      {items?.length === 0 && <EmptyState icon={<Eraser />} title={t('person.noErasures')} text={t('person.noErasuresText')} />}
      {items?.map((erasure) => (
        <Report key={erasure.id} erasure={erasure} nameOf={nameOf} />
      ))}
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  )
}

function Report({ erasure, nameOf }: { erasure: PersonErasure; nameOf: (userId: string) => string | null }) {
  const { t } = useTranslation()
  const done = PERSON_SERVICES.filter((service) => erasure.parts[service])
  const isOver = erasure.state === 'done'
  const by = erasure.requestedById && nameOf(erasure.requestedById)
  const save = () => saveFile(new Blob([JSON.stringify(erasure, null, 2)], { type: 'application/json' }), `erasure-${erasure.id}.json`)
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-sm font-semibold">
          <Time at={erasure.requestedAt} form="full" />
        </h2>
        <Badge>{isOver ? t('person.done') : t('person.erasing', { done: done.length, all: PERSON_SERVICES.length })}</Badge>
        {by && <span className="text-xs text-muted">{t('person.by', { name: by })}</span>}
        {isOver && (
          <Button className="ml-auto" icon={<Download />} onClick={save}>
            {t('person.saveReport')}
          </Button>
        )}
      </div>
      {!isOver && <progress className="h-1.5 w-full accent-accent" aria-label={t('person.progress')} max={PERSON_SERVICES.length} value={done.length} />}
      <dl className="flex flex-col gap-3">
        {PERSON_SERVICES.map((service) => {
          const part = erasure.parts[service]
          return (
            <div key={service} className="flex flex-col gap-0.5">
              <dt className="text-xs font-medium text-faint">{t(`person.services.${service}`)}</dt>
              <dd className="flex flex-col gap-1">
                {!part && <span className="text-sm text-muted">{t('person.waiting')}</span>}
                {part && Object.keys(part.erased).length === 0 && <span className="text-sm text-muted">{t('person.hadNothing')}</span>}
                {part && <CountsList counts={part.erased} />}
                {part && Object.keys(part.kept).length > 0 && (
                  <div className="text-xs text-muted">
                    {t('person.kept')} <CountsList counts={part.kept} />
                  </div>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="text-xs break-all text-faint">{t('person.ids', { erasure: erasure.id, contact: erasure.contactId })}</p>
    </Card>
  )
}
