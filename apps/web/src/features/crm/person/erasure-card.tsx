import { PERSON_SERVICES, type PersonErasure, type PersonService } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { Download, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Time } from '../../../ui/time.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { CountsList, KeptCounts } from './counts-list.tsx'
import { erasuresQuery } from './queries.ts'

const save = (erasure: PersonErasure) => saveFile(new Blob([JSON.stringify(erasure, null, 2)], { type: 'application/json' }), `erasure-${erasure.id}.json`)

/** An erasure: who asked for it, how far it is and what it waits for, and what it came to. */
export function ErasureCard({ erasure, nameOf }: { erasure: PersonErasure; nameOf: (userId: string) => string | null }) {
  const { t } = useTranslation()
  const doneCount = PERSON_SERVICES.filter((service) => erasure.parts[service]).length
  const isOver = erasure.state === 'done'
  const by = erasure.requestedById && nameOf(erasure.requestedById)
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-sm font-semibold">
          <Time at={erasure.requestedAt} form="full" />
        </h2>
        <Badge>{isOver ? t('person.done') : t('person.erasing', { done: doneCount, all: PERSON_SERVICES.length })}</Badge>
        {by && <span className="text-xs text-muted">{t('person.by', { name: by })}</span>}
        {isOver ? (
          <Button className="ml-auto" icon={<Download />} onClick={() => save(erasure)}>
            {t('person.saveReport')}
          </Button>
        ) : (
          <Restart erasureId={erasure.id} />
        )}
      </div>
      {!isOver && <progress className="h-1.5 w-full accent-accent" aria-label={t('person.progress')} max={PERSON_SERVICES.length} value={doneCount} />}
      <dl className="flex flex-col gap-3">
        {PERSON_SERVICES.map((service) => (
          <Part key={service} service={service} erasure={erasure} />
        ))}
      </dl>
      <p className="text-xs break-all text-faint">{t('person.ids', { erasure: erasure.id, contact: erasure.contactId })}</p>
    </Card>
  )
}

/** It goes on by itself; whoever has mended what it waited for need not wait until then. */
function Restart({ erasureId }: { erasureId: string }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const restart = useCommand({
    run: () => api.crm.restartPersonErasure({ params: { erasureId } }),
    onSuccess: () => {
      showToast({ kind: 'done', text: t('person.restarted') })
      void cache.invalidateQueries({ queryKey: erasuresQuery.queryKey })
    },
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  return (
    <Button className="ml-auto" icon={<RotateCw />} isBusy={restart.isPending} onClick={() => restart.mutate(undefined)}>
      {t('person.restart')}
    </Button>
  )
}

function Part({ service, erasure }: { service: PersonService; erasure: PersonErasure }) {
  const { t } = useTranslation()
  const [part, waitsFor] = [erasure.parts[service], erasure.waits[service]]
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-xs font-medium text-faint">{t(`person.services.${service}`)}</dt>
      <dd className="flex flex-col gap-1">
        {!part && <span className="text-sm text-muted">{waitsFor ? t(`person.waitsFor.${waitsFor}`) : t('person.waiting')}</span>}
        {part && Object.keys(part.erased).length === 0 && <span className="text-sm text-muted">{t('person.hadNothing')}</span>}
        {part && <CountsList counts={part.erased} />}
        {part && <KeptCounts counts={part.kept} />}
      </dd>
    </div>
  )
}
