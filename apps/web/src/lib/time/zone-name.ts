import { RUSSIAN_ZONES } from './russian-zones.ts'

/** What a browser knows of zones, and what there is always. */
export const offeredZones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** Making a formatter takes longer than asking it; a zone changes its offset twice a year. */
const known = new Map<string, string>()

/**
 * As people speak of it, with its city and its offset now: `Москва · Moscow, UTC+3`, `Центральная Европа · Berlin, UTC+1`. The reader's language for what the
 * browser knows of it: names of zones, and of cities few, so that Russian has those of its speakers beside. Both are found by typing. The id of one that the
 * browser does not know.
 */
export function zoneName(zone: string, reader: string): string {
  const key = `${reader} ${zone}`
  const name = known.get(key) ?? named(zone, reader)
  known.set(key, name)
  return name
}

function named(zone: string, reader: string): string {
  if (zone === 'UTC') return zone
  try {
    const offset = partOf(zone, 'en', 'shortOffset').replace('GMT', 'UTC').replace('-', '−')
    const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
    const spoken = (reader === 'ru' && RUSSIAN_ZONES[zone]) || partOf(zone, reader, 'longGeneric').replace(STANDARD, '')
    const isOffset = spoken.startsWith('GMT')
    return `${isOffset || spoken === city ? city : `${spoken} · ${city}`}, ${offset}`
  } catch {
    return zone
  }
}

/** Where clocks do not change, its name is that of the time that they show: nobody says so. */
const STANDARD = /(?: Standard Time|,? стандартное время)$/

function partOf(timeZone: string, reader: string, timeZoneName: 'longGeneric' | 'shortOffset'): string {
  const parts = new Intl.DateTimeFormat(reader, { timeZone, timeZoneName }).formatToParts(new Date())
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** All that are offered, by name. */
export const zonesByName = (reader: string): string[] => zoneOptions(null, reader).map(({ value }) => value)

/** All that are offered, and `current`, by name. */
export const zoneOptions = (current: string | null, reader: string): { value: string; label: string }[] =>
  [...new Set([...offeredZones(), ...(current === null ? [] : [current])])]
    .map((value) => ({ value, label: zoneName(value, reader) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, reader))
