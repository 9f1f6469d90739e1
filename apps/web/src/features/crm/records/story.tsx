import { useTranslation } from 'react-i18next'
import { FilesSection } from '../files/files-section.tsx'
import { NotesSection } from '../notes/notes-section.tsx'
import type { About } from './about.ts'
import type { Colleague } from './owner-field.tsx'
import { Timeline } from './timeline.tsx'
import type { TimelineQuery } from './timeline-query.ts'

interface StoryProps {
  about: About
  timeline: TimelineQuery
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
  /** Of several people: says of whom each change is. */
  isOfMany?: boolean
}

/** What was written, kept and done about a record. */
export function Story({ about, timeline, members, nameOf, isOfMany = false }: StoryProps) {
  const { t } = useTranslation()
  return (
    <>
      <NotesSection about={about} members={members} />
      <FilesSection about={about} members={members} />
      <section className="flex flex-col gap-3">
        <h2 className="text-xs font-medium text-faint">{t('records.timeline')}</h2>
        <Timeline isOfMany={isOfMany} query={timeline} nameOf={nameOf} />
      </section>
    </>
  )
}
