import { UpdateDeal, type Deal } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import { api } from '../../../lib/api/api.ts'
import { stagesIn } from '../../../lib/pipelines/stages.ts'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { recordEdit } from '../lists/cells/record-edit.ts'
import type { DemandProps, RowLinkProps, TableShape } from '../lists/table-shape.ts'
import { Amount } from './amount.tsx'
import { MoveDialog } from './move/move-dialog.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

const RowLink = ({ id, isSelected, ...link }: RowLinkProps) => (
  <Link to="/deals/$dealId" params={{ dealId: id }} data-selected={isSelected || undefined} {...link} />
)

const First = ({ row }: { row: Deal }) => (
  <span className="flex min-w-0 flex-col">
    <span className="truncate font-medium">{row.title}</span>
    <Amount deal={row} className="truncate text-xs text-faint tabular-nums md:hidden" />
  </span>
)

/** What the stage asks for that the deal was moved to. */
function Demand({ row, value, keys, onClose }: DemandProps<Deal>) {
  const update = useUpdateDeal(row)
  const stage = stagesIn(usePipelines()).find(({ id }) => id === value)
  if (stage === undefined) return null
  return (
    <MoveDialog
      stage={stage}
      keys={keys}
      move={{ ...update, mutate: (fields) => update.mutate({ ...fields, stage: stage.id }, { onSuccess: onClose }) }}
      onClose={onClose}
    />
  )
}

/** Changed in its row. */
const edit = recordEdit<Deal, UpdateDeal>({
  list: 'deals',
  schema: UpdateDeal,
  read: (dealId) => api.crm.getDeal({ params: { dealId } }),
  update: (dealId, body, ifMatch, idempotencyKey) => api.crm.updateDeal({ params: { dealId }, body, ifMatch, idempotencyKey }),
})

export const dealShape: TableShape<Deal> = { record: 'deal', firstKey: 'title', phoneKey: 'stage', First, RowLink, nameOf: ({ title }) => title, edit, Demand }
