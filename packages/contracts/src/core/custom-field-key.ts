/** Before the id of a custom field wherever a field is named by a key: in filters, sorts, columns, rules of roles. */
export const CUSTOM_PREFIX = 'custom.'

/** The id of the custom field that the key names; null where it names a built-in one. */
export const customFieldIdOf = (key: string): string | null => (key.startsWith(CUSTOM_PREFIX) ? key.slice(CUSTOM_PREFIX.length) : null)
