import type { Conversation } from '@ai-crm/contracts'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'

interface ConversationPage {
  items: Conversation[]
  nextCursor: string | null
}
type CachedList = InfiniteData<ConversationPage, string>

const LISTS = ['messaging', 'conversations']

/** Changes a conversation wherever it is shown, before the server has answered. */
export function patchCachedConversation(cache: QueryClient, id: string, patch: Partial<Conversation>): void {
  cache.setQueriesData<CachedList>({ queryKey: LISTS }, (list) => list && mapItems(list, (item) => (item.id === id ? { ...item, ...patch } : item)))
  cache.setQueryData<Conversation>(['messaging', 'conversation', id], (conversation) => conversation && { ...conversation, ...patch })
}

const mapItems = (list: CachedList, change: (item: Conversation) => Conversation): CachedList => ({
  ...list,
  pages: list.pages.map((page) => ({ ...page, items: page.items.map(change) })),
})

/** Asks the server again for everything that a change of a conversation shows in. */
export function refreshConversations(cache: QueryClient, id: string): void {
  void cache.invalidateQueries({ queryKey: LISTS })
  void cache.invalidateQueries({ queryKey: ['messaging', 'counts'] })
  void cache.invalidateQueries({ queryKey: ['messaging', 'conversation', id] })
  void cache.invalidateQueries({ queryKey: ['messaging', 'messages', id] })
}
