import { useTagsOf } from './queries.ts'
import { TagChip } from './tag-chip.tsx'

const SHOWN = 2

/** The first tags of a record in a line of a list, and how many more there are. */
export function TagChips({ tagIds }: { tagIds: readonly string[] | undefined }) {
  const tags = useTagsOf(tagIds)
  if (tags.length === 0) return null
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden" title={tags.map(({ name }) => name).join(', ')}>
      {tags.slice(0, SHOWN).map(({ id, name, color }) => (
        <TagChip key={id} name={name} color={color} />
      ))}
      {tags.length > SHOWN && <span className="text-2xs text-faint">+{tags.length - SHOWN}</span>}
    </span>
  )
}
