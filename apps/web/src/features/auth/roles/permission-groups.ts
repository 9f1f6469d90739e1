import type { PermissionEntry } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'

export interface PermissionGroup {
  readonly service: string
  readonly label: string
  readonly permissions: readonly { readonly name: string; readonly label: string }[]
}

const Names = z.record(z.string(), z.string()).catch({})

/** Permissions by service, in the words of the person's language; what it does not know yet, in those of the server. */
export function usePermissionGroups(entries: readonly PermissionEntry[]): PermissionGroup[] {
  const { t, i18n } = useTranslation()
  const names = Names.parse(i18n.getResource(i18n.language, 'translation', 'permissionNames'))
  const services = Names.parse(t('roleSettings.service', { returnObjects: true }))
  return [...Map.groupBy(entries, ({ service }) => service)].map(([service, group]) => ({
    service,
    label: services[service] ?? service,
    permissions: group.map(({ name, meaning }) => ({ name, label: names[name] ?? meaning })),
  }))
}
