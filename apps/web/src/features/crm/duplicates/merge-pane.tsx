import type { Belongings, MergeRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight, Merge as MergeIcon, Split } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useFieldRules } from '../../../lib/session/session-store.ts'
import { useWriteReach } from '../../../lib/session/use-may-write.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { useFields } from '../fields/queries.ts'
import { belongingsText } from './belongings-text.ts'
import { comparedFields, richness } from './compared-fields.ts'
import { Comparison } from './comparison.tsx'
import { mergePreviewQuery, type Pair } from './queries.ts'
import { Reasons } from './reasons.tsx'
import { useJudge, useMerge } from './use-duplicate-commands.ts'

interface MergePaneProps {
  record: MergeRecord
  pair: Pair
  /** By hand, in a dialog: nobody has to be told that they are not the same, and letters are no shortcuts there. */
  isChosen?: boolean
  nameOf: (userId: string) => string | null
  /** What is shown next. */
  onDone: () => void
}

/** What goes over, in words; null where it is nothing, or not known yet. */
function useMovesText(moves: Belongings | undefined): string | null {
  const { t } = useTranslation()
  if (!moves) return null
  const what = belongingsText(t, moves)
  return what === '' ? t('duplicates.movesNothing') : t('duplicates.moves', { what })
}

/** One pair: whose values stay is chosen field by field, then it is merged, or said not to be one. */
export function MergePane({ record, pair, isChosen = false, nameOf, onDone }: MergePaneProps) {
  const { t } = useTranslation()
  const rules = useFieldRules(record)
  const fields = useFields(record)
  const compared = useMemo(() => comparedFields(record, fields, rules), [record, fields, rules])
  const isOtherRicher = richness(pair.other, compared) > richness(pair.one, compared)
  const [isSwapped, setSwapped] = useState<boolean | null>(null)
  const [take, setTake] = useState<ReadonlySet<string>>(new Set())
  const [survivor, other] = (isSwapped ?? isOtherRicher) ? [pair.other, pair.one] : [pair.one, pair.other]
  const canUpdate = useCan(`crm.${record}.update`)
  const canDelete = useCan(`crm.${record}.delete`)
  const reaches = useWriteReach(record)
  const reached = [survivor, other].map(({ ownerId }) => reaches(ownerId ?? null))
  const mayMerge = canUpdate && canDelete && reached.every(Boolean)
  const mayJudge = !isChosen && canUpdate && reached.some(Boolean)
  const keyOf = (keys: string) => (isChosen ? {} : { shortcut: keys })
  const merge = useMerge(record, onDone)
  // Of two that are one there is nothing to preview.
  const { data: preview } = useQuery({ ...mergePreviewQuery(record, survivor.id, other.id), enabled: !merge.isPending && !merge.isSuccess })
  const moves = useMovesText(preview?.moves)
  const judge = useJudge(record)
  const swap = () => {
    setSwapped(!(isSwapped ?? isOtherRicher))
    setTake(new Set())
  }
  const run = () => merge.mutate({ survivor, other, take: [...take] })
  const dismiss = () => {
    judge.mutate({ pair, status: 'dismissed' })
    onDone()
  }
  useShortcut(mayMerge && !isChosen ? { keys: 'm', label: t('duplicates.merge'), group: 'list', run } : null)
  useShortcut(mayJudge ? { keys: 'n', label: t('duplicates.notSame'), group: 'list', run: dismiss } : null)
  useShortcut(mayMerge && !isChosen ? { keys: 'x', label: t('duplicates.swap'), group: 'list', run: swap } : null)
  const choose = (field: string, isOthers: boolean) => {
    // Whoever has chosen sees no sides change under the choice when a record changes elsewhere.
    setSwapped(isSwapped ?? isOtherRicher)
    setTake(new Set(isOthers ? [...take, field] : [...take].filter((each) => each !== field)))
  }

  return (
    <section aria-label={t('duplicates.pair', { one: survivor.name, other: other.name })} className="flex flex-col gap-4">
      <Reasons reasons={pair.reasons} />
      <Comparison record={record} fields={compared} survivor={survivor} other={other} take={take} onChoose={choose} nameOf={nameOf} />
      <p className="min-h-5 text-sm text-muted" aria-live="polite">
        {moves}
      </p>
      {merge.error && <ProblemNote error={merge.error} />}
      {!mayMerge && <p className="text-sm text-muted">{t('duplicates.mayNot')}</p>}
      <div className="flex flex-wrap gap-2">
        {mayMerge && (
          <>
            <Button kind="primary" icon={<MergeIcon />} {...keyOf('m')} isBusy={merge.isPending} onClick={run}>
              {t('duplicates.merge')}
            </Button>
            <Button icon={<ArrowLeftRight />} {...keyOf('x')} onClick={swap}>
              {t('duplicates.swap')}
            </Button>
          </>
        )}
        {mayJudge && (
          <Button icon={<Split />} shortcut="n" onClick={dismiss}>
            {t('duplicates.notSame')}
          </Button>
        )}
      </div>
      {mayMerge && <p className="text-xs text-faint">{t('duplicates.canUndo')}</p>}
    </section>
  )
}
