import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import type { About } from '../records/about.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { AddFiles } from './add-files.tsx'
import { FileRow } from './file-row.tsx'
import { filesQuery } from './queries.ts'
import { UploadRow } from './upload-row.tsx'
import { addUploads, useUploads } from './upload-store.ts'

interface FilesSectionProps {
  about: About
  members: readonly Colleague[]
}

/** Contracts, offers, photos of a record, newest first; nothing for whoever may see no files. */
export function FilesSection(props: FilesSectionProps) {
  return useCan('crm.file.read') ? <Files {...props} /> : null
}

function Files({ about, members }: FilesSectionProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const canAdd = useCan('crm.file.create')
  const list = useInfiniteQuery(filesQuery(about))
  const files = list.data?.pages.flatMap(({ items }) => items) ?? []
  const uploads = useUploads().filter((upload) => JSON.stringify(upload.about) === JSON.stringify(about))
  const renew = () => void cache.invalidateQueries({ queryKey: ['crm', 'files'] })
  return (
    <section className="@container flex flex-col gap-2">
      <h2 className="text-xs font-medium text-faint">{t('files.heading')}</h2>
      {list.error && !list.data && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} onArrived={renew} />
      ))}
      {files.length > 0 && (
        <ul aria-label={t('files.heading')} className="-mx-2 flex flex-col">
          {files.map((file) => (
            <li key={file.id}>
              <FileRow file={file} members={members} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
      {files.some(({ scan }) => !scan) && <p className="text-xs text-faint">{t('files.scan.none')}</p>}
      {canAdd && <AddFiles onFiles={(chosen) => void addUploads(about, chosen, renew)} />}
      {!canAdd && list.data && files.length === 0 && <p className="text-sm text-faint">{t('files.none')}</p>}
    </section>
  )
}
