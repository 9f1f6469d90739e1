/** A thing of an organisation as an index knows it. Texts are folded by the service that owns it, as its own tables fold them. */
export interface SearchDocument {
  readonly kind: string
  readonly id: string
  /** Of the aggregate: an older one never takes the place of a newer one, in whatever order they arrive. */
  readonly version: number
  /** What it is called. */
  readonly name: string
  /** Everything that it is found by. */
  readonly words: string
  /** Whose it is; null: nobody's. */
  readonly ownerId: string | null
}

/** A thing that is to be found no more. */
export interface GoneDocument {
  readonly kind: string
  readonly id: string
  /** Of its deletion; null where nothing is left that would tell. */
  readonly version: number | null
}

/** Whose things the asker reaches: everybody's, or those of these people and, with `withNobodys`, those that are nobody's. */
export type OwnersInReach = 'all' | { readonly ids: readonly string[]; readonly withNobodys: boolean }

export interface SearchQuestion {
  readonly kind: string
  /** As it was typed, folded. */
  readonly folded: string
  /** As the same keys write it in the other layout, folded. */
  readonly switched: string
  /** The digits, where it may be a phone number. */
  readonly phone: string | null
  readonly owners: OwnersInReach
  readonly limit: number
}

export interface FoundDocument {
  readonly id: string
  /** 3: it is called so. 2: its name begins so. 1: a word of its name begins so. 0: found by something else, or misspelt. */
  readonly rank: number
}

/** Where an index is fed from and built anew from: one organisation after the other, page after page. */
export interface SearchPage {
  readonly documents: readonly SearchDocument[]
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

/**
 * An index beside the database, that follows it. It may be behind, and it may be away: whoever asks looks at what comes out once
 * more, and asks the database where the answer is null. Documents, questions and deletions are of one organisation each; no
 * answer ever has anything of another.
 */
export interface SearchIndex {
  /** One answer for each question, the best first; null while there is no index or it does not answer. */
  find(organizationId: string, questions: readonly SearchQuestion[], signal: AbortSignal): Promise<readonly (readonly FoundDocument[])[] | null>
  /**
   * Writes what `load` reads, to every generation of the index that is there after it was read: so nothing is lost to a
   * generation that is being built meanwhile. Rejects where it did not arrive: then call it again.
   */
  write(organizationId: string, load: () => Promise<readonly (SearchDocument | GoneDocument)[]>, signal: AbortSignal): Promise<void>
  /** Everything of an organisation goes, from every generation. */
  forget(organizationId: string, signal: AbortSignal): Promise<void>
  /** Whether there is a generation that answers. */
  isBuilt(signal: AbortSignal): Promise<boolean>
  /** Begins a generation that hears everything from now on and answers nothing yet; what others left that do not answer goes. */
  beginGeneration(signal: AbortSignal): Promise<SearchGeneration>
  /** Whether what failed so may work later: whoever waits for nobody tries again. */
  mayPass(error: unknown): boolean
  /** Of the last search: whether it was answered. */
  isHealthy(): boolean
  close(): Promise<void>
}

export interface SearchGeneration {
  readonly name: string
  /** Answers how many of them it will never take. */
  fill(organizationId: string, documents: readonly (SearchDocument | GoneDocument)[], signal: AbortSignal): Promise<number>
  /** What was written until now is counted from now on. */
  refresh(signal: AbortSignal): Promise<void>
  count(organizationId: string, signal: AbortSignal): Promise<number>
  /** From one moment to the next it answers instead of the one before, which goes. May be done again. */
  takeOver(signal: AbortSignal): Promise<void>
}
