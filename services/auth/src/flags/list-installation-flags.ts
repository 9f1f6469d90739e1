import { definitionOf, FLAG_KEYS, type FlagKey, type InstallationFlag } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'

/** Every flag that this release knows, with what the operator has decided. */
export async function listInstallationFlags(db: Db): Promise<InstallationFlag[]> {
  const [settings, counts, exceptions] = await Promise.all([
    db.selectFrom('flagSetting').select(['flag', 'isKilled', 'percentage', 'changedAt', 'version']).execute(),
    db
      .selectFrom('flagOverride')
      .select(['flag', 'isOn'])
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('isOn', 'is not', null)
      .groupBy(['flag', 'isOn'])
      .execute(),
    db
      .selectFrom('flagOverride')
      .select(['flag', 'operatorIsOn as isOn'])
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('operatorIsOn', 'is not', null)
      .groupBy(['flag', 'operatorIsOn'])
      .execute(),
  ])
  const countOf = (rows: typeof counts, key: FlagKey, isOn: boolean) => Number(rows.find((row) => row.flag === key && row.isOn === isOn)?.count ?? 0)
  return FLAG_KEYS.map((key) => {
    const definition = definitionOf(key)
    const setting = settings.find(({ flag }) => flag === key)
    return {
      key,
      kind: definition.kind,
      sentence: definition.sentence,
      owner: definition.owner,
      expiresOn: definition.kind === 'release' ? definition.expiresOn : null,
      default: definition.default,
      scope: definition.scope,
      isKilled: setting?.isKilled ?? false,
      percentage: setting?.percentage ?? null,
      overrides: { on: countOf(counts, key, true), off: countOf(counts, key, false) },
      exceptions: { on: countOf(exceptions, key, true), off: countOf(exceptions, key, false) },
      changedAt: setting?.changedAt.toISOString() ?? null,
      version: setting?.version ?? 0,
    }
  })
}
