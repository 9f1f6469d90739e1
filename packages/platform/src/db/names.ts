const camelNames = new Map<string, string>()
const snakeNames = new Map<string, string>()

// Identifiers come from our own code and schema, but aliases may be built; the cache must not grow without end.
const MAX_CACHED_NAMES = 5_000

function remember(cache: Map<string, string>, name: string, converted: string): string {
  if (cache.size < MAX_CACHED_NAMES) cache.set(name, converted)
  return converted
}

/** `organization_id` → `organizationId`. */
export function toCamelCase(name: string): string {
  return (
    camelNames.get(name) ??
    remember(
      camelNames,
      name,
      name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
    )
  )
}

/** `organizationId` → `organization_id`; what is snake_case already stays. */
export function toSnakeCase(name: string): string {
  return (
    snakeNames.get(name) ??
    remember(
      snakeNames,
      name,
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  )
}
