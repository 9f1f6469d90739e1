import { isCondition, MAX_FILTER_DEPTH, type FilterNode, type ListRecord } from '@ai-crm/contracts'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { ConditionForm } from './condition-form.tsx'
import { describeCondition, type Reader } from './describe-condition.ts'
import { groupOf, nodeOf, withNode, withoutNode } from './filter-tree.ts'
import { useRecordNames } from './use-record-names.ts'
import type { OfferedField } from './offered-fields.ts'

export interface FilterTools {
  readonly record: ListRecord
  readonly offered: readonly OfferedField[]
  readonly members: readonly Colleague[]
  readonly reader: Reader
}

interface GroupFormProps extends FilterTools {
  node: FilterNode | undefined
  /** Of this group: 1 stands in the filter itself. */
  depth: number
  onChange: (node: FilterNode | undefined) => void
}

/** A group inside a filter: its conditions, how they are joined, and groups inside it. */
export function GroupForm({ node, depth, onChange, ...tools }: GroupFormProps) {
  const { t } = useTranslation()
  const [isAdding, setIsAdding] = useState(groupOf(node).nodes.length === 0)
  const group = groupOf(node)
  const change = (next: typeof group) => onChange(nodeOf(next))
  return (
    <div className="flex flex-col gap-2">
      <JoinChoice value={group.join} onChange={(join) => change({ ...group, join })} />
      <ul className="flex flex-col gap-2">
        {group.nodes.map((child, at) => (
          // Nothing but their place tells equal conditions apart.
          <li key={at} className="rounded-lg border border-line p-2">
            {isCondition(child) ? (
              <Condition offered={tools.offered} reader={tools.reader} condition={child} onRemove={() => change(withoutNode(group, at))} />
            ) : (
              <GroupForm {...tools} node={child} depth={depth + 1} onChange={(next) => change(next ? withNode(group, at, next) : withoutNode(group, at))} />
            )}
          </li>
        ))}
      </ul>
      {isAdding && (
        <ConditionForm
          offered={tools.offered}
          members={tools.members}
          onApply={(condition) => {
            change(withNode(group, group.nodes.length, condition))
            setIsAdding(false)
          }}
        />
      )}
      {!isAdding && (
        <div className="flex gap-2">
          <Button kind="quiet" icon={<Plus />} onClick={() => setIsAdding(true)}>
            {t('lists.addCondition')}
          </Button>
          {depth < MAX_FILTER_DEPTH - 1 && (
            <Button kind="quiet" icon={<Plus />} onClick={() => change(withNode(group, group.nodes.length, { any: [] }))}>
              {t('lists.addGroup')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

export function JoinChoice({ value, onChange }: { value: 'all' | 'any'; onChange: (join: 'all' | 'any') => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      isLabelHidden
      label={t('lists.joined')}
      value={value}
      options={(['all', 'any'] as const).map((join) => ({ value: join, label: t(`lists.joins.${join}`) }))}
      onChange={onChange}
      className="h-7! w-auto! text-xs!"
    />
  )
}

function Condition({
  offered,
  reader,
  condition,
  onRemove,
}: Pick<FilterTools, 'offered' | 'reader'> & { condition: FilterNode & { field: string; op: NonNullable<FilterNode['op']> }; onRemove: () => void }) {
  const { t } = useTranslation()
  const field = offered.find(({ path }) => path === condition.field)
  const recordName = useRecordNames(condition, field)
  const text = field ? describeCondition({ ...reader, recordName }, condition, field) : condition.field
  return (
    <div className="flex items-center gap-2">
      <span className="min-w-0 flex-1 text-sm break-words">{text}</span>
      <IconButton label={t('lists.removeFilter', { filter: text })} onClick={onRemove} className="size-7!">
        <X />
      </IconButton>
    </div>
  )
}
