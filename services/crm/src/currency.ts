const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Whether ISO 4217 has the code, as far as the runtime knows. */
export const isCurrency = (code: string): boolean => currencies.has(code)
