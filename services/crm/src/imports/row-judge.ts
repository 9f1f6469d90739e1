import { CUSTOM_PREFIX, MAX_TAGS, type ImportSettings } from '@ai-crm/contracts'
import { strangersAmong } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import type { Draft } from '../import-reading/draft.ts'
import type { Fate, ImportKind, LookAhead, Met } from './import-kind.ts'
import { countTags, knownTags } from './named-things.ts'

/** Decides what becomes of rows: the same in the forecast and in the import. Changes nothing. `asker`: whoever imports. */
export class RowJudge<Made extends Draft> {
  readonly #kind: ImportKind<Made>
  readonly #asker: Ctx
  readonly #settings: ImportSettings
  readonly #ahead: LookAhead | null
  readonly #newTags = new Set<string>()
  #tags: ReadonlyMap<string, string> = new Map()
  /** How many tags there may be more. */
  #room = 0
  #demanded: readonly string[] = []
  #strangers: ReadonlySet<string> = new Set()
  #met: Met<Made> | null = null

  constructor(kind: ImportKind<Made>, asker: Ctx, settings: ImportSettings, ahead: LookAhead | null) {
    this.#kind = kind
    this.#asker = asker
    this.#settings = settings
    this.#ahead = ahead
  }

  /** Before a batch: learns of what its rows name; it stays until the end of the transaction. */
  async prepare(db: Db, drafts: readonly Made[]): Promise<void> {
    const names = drafts.flatMap(({ tags }) => tags)
    this.#tags = await knownTags(db, names)
    const { rights } = this.#asker
    const isNamingNew = names.some((name) => !this.#tags.has(name.toLowerCase()))
    const mayMake = !rights || rights.permissions.has('crm.tag.manage')
    this.#room = isNamingNew && mayMake ? MAX_TAGS - (await countTags(db)) : 0
    const owners = new Set(drafts.map(({ ownerId }) => ownerId ?? this.#settings.ownerId ?? null).filter((id) => id !== null))
    this.#strangers = new Set(await strangersAmong({}, db, [...owners]))
    this.#demanded = await this.#demandedOfNew(db)
  }

  /** Fields that a new record of whoever imports has to have. */
  async #demandedOfNew(db: Db): Promise<string[]> {
    const { record } = this.#kind
    const rows = await db.selectFrom('field').select('id').where('record', '=', record).where('isRequired', '=', true).where('deletedAt', 'is', null).execute()
    return rows.map(({ id }) => id).filter((id) => !this.#asker.rights?.fields[record]?.[CUSTOM_PREFIX + id])
  }

  /** Before what follows: whom the rows are about now. */
  async meet(db: Db, drafts: readonly Made[]): Promise<Met<Made>> {
    return (this.#met = await this.#kind.meet(this.#asker, db, this.#settings, drafts, this.#ahead))
  }

  fateOf = (draft: Made): Fate => this.#met?.fateOf(draft) ?? { kind: 'create' }

  keysOf = (draft: Made): string[] => this.#met?.keysOf(draft) ?? []

  /** Why the row cannot be stored all the same, or null. */
  refusalOf(draft: Made, kind: 'create' | 'update'): string | null {
    const ownerId = draft.ownerId ?? (kind === 'create' ? (this.#settings.ownerId ?? null) : null)
    if (ownerId !== null && this.#strangers.has(ownerId)) return 'platform.not_a_member'
    if (kind === 'create' && this.#demanded.some((id) => draft.custom[id] === undefined)) return 'crm.field.values_missing'
    const added = draft.tags.map((tag) => tag.toLowerCase()).filter((tag) => !this.#tags.has(tag) && !this.#newTags.has(tag))
    if (added.length > 0 && this.#newTags.size + added.length > this.#room) return 'crm.import.tag_unknown'
    // Last: what lets a deal in counts it.
    const refusal = this.#met?.refusalOf?.(draft) ?? null
    if (refusal === null) for (const tag of added) this.#newTags.add(tag)
    return refusal
  }
}
