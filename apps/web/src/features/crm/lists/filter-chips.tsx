import { conditionsIn, isCondition, type FilterNode } from '@ai-crm/contracts'
import { ListFilter, Plus, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button } from '../../../ui/button.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { ConditionForm } from './condition-form.tsx'
import { describeCondition } from './describe-condition.ts'
import { useRecordNames } from './use-record-names.ts'
import { groupOf, nodeOf, withNode, withoutNode } from './filter-tree.ts'
import { GroupForm, JoinChoice, type FilterTools } from './group-form.tsx'

interface FilterProps extends FilterTools {
  filter: FilterNode | undefined
  onChange: (filter: FilterNode | undefined) => void
}

/** Begins a condition; by the key F. */
export function AddFilter({ filter, onChange, ...tools }: FilterProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  useShortcut({ keys: 'f', label: t('lists.addFilter'), group: 'list', run: () => setIsOpen(true) })
  const group = groupOf(filter)
  return (
    <Popover
      label={t('lists.addFilter')}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button icon={<ListFilter />} shortcut="f" aria-label={t('lists.addFilter')}>
          <span className="max-lg:hidden @max-3xl:hidden">{t('lists.filter')}</span>
        </Button>
      }
    >
      <ConditionForm
        offered={tools.offered}
        members={tools.members}
        onApply={(condition) => {
          onChange(nodeOf(withNode(group, group.nodes.length, condition)))
          setIsOpen(false)
        }}
      />
    </Popover>
  )
}

/** What the list is narrowed to, each part changed or taken away by itself; `children`: chips of what is no filter. */
export function FilterChips({ filter, onChange, children, ...tools }: FilterProps & { children?: ReactNode }) {
  const { t } = useTranslation()
  const group = groupOf(filter)
  const isFiltered = group.nodes.length > 0
  if (!isFiltered && !children) return null
  const change = (next: typeof group) => onChange(nodeOf(next))
  return (
    <div role="group" aria-label={t('lists.filters')} className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1.5 md:px-5">
      {children}
      {group.nodes.length > 1 && <JoinChoice value={group.join} onChange={(join) => change({ ...group, join })} />}
      {group.nodes.map((node, at) => (
        // Nothing but their place tells equal conditions apart.
        <Chip key={at} {...tools} node={node} onChange={(next) => change(next ? withNode(group, at, next) : withoutNode(group, at))} />
      ))}
      {isFiltered && (
        <>
          <Button kind="quiet" className="h-7! px-2! text-xs!" icon={<Plus />} onClick={() => change(withNode(group, group.nodes.length, { any: [] }))}>
            {t('lists.addGroup')}
          </Button>
          <Button kind="quiet" className="h-7! px-2! text-xs!" onClick={() => onChange(undefined)}>
            {t('lists.clear')}
          </Button>
        </>
      )}
    </div>
  )
}

function Chip({ node, onChange, ...tools }: FilterTools & { node: FilterNode; onChange: (node: FilterNode | undefined) => void }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(!isCondition(node) && conditionsIn(node).length === 0)
  const offered = isCondition(node) ? tools.offered.find(({ path }) => path === node.field) : undefined
  const recordName = useRecordNames(node, offered)
  const text =
    isCondition(node) && offered
      ? describeCondition({ ...tools.reader, recordName }, node, offered)
      : t('lists.conditions', { count: conditionsIn(node).length })
  return (
    <span className="inline-flex h-7 max-w-full items-center rounded-lg border border-line-strong bg-surface text-xs">
      <Popover
        label={t('lists.editFilter', { filter: text })}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        trigger={
          <button type="button" aria-label={t('lists.editFilter', { filter: text })} className="h-full min-w-0 truncate rounded-l-lg pr-1 pl-2 hover:bg-hover">
            {text}
          </button>
        }
      >
        {isCondition(node) ? (
          <ConditionForm
            offered={tools.offered}
            members={tools.members}
            condition={node}
            onApply={(condition) => {
              onChange(condition)
              setIsOpen(false)
            }}
          />
        ) : (
          <GroupForm {...tools} node={node} depth={2} onChange={onChange} />
        )}
      </Popover>
      <button
        type="button"
        aria-label={t('lists.removeFilter', { filter: text })}
        onClick={() => onChange(undefined)}
        className="flex h-full w-6 items-center justify-center rounded-r-lg text-faint hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  )
}
