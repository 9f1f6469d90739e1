import type { Locale } from '@ai-crm/contracts'
import { inTurn, publicApi } from './refresh.ts'
import { beginSession, tellOtherTabs } from './session-store.ts'
import { forgetTexts } from './texts-in-writing.ts'

/**
 * Goes on in another organisation, or a new one. The page is loaded anew, here and in the other tabs: nothing that was
 * fetched, and no socket, outlives the organisation it belongs to. In turn with refreshing, which uses the same cookie.
 */
async function goOn(task: () => ReturnType<typeof publicApi.auth.switchOrganization>): Promise<void> {
  await inTurn(async () => beginSession(await task()))
  forgetTexts()
  tellOtherTabs('switched')
  location.assign('/')
}

export const switchOrganization = (organizationId: string): Promise<void> => goOn(() => publicApi.auth.switchOrganization({ body: { organizationId } }))

export const foundOrganization = (name: string, locale: Locale): Promise<void> => goOn(() => publicApi.auth.foundOrganization({ body: { name, locale } }))
