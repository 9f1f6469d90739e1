export type DealsView = 'list' | 'board'

const KEY = 'ai-crm.deals-view'

/** How deals were looked at last on this device. */
export const rememberedDealsView = (): DealsView => (localStorage.getItem(KEY) === 'board' ? 'board' : 'list')
export const rememberDealsView = (view: DealsView): void => localStorage.setItem(KEY, view)
