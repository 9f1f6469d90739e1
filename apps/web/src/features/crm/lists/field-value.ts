/** A role may hide any field: then it is not there. */
export function valueIn(row: object, key: string): unknown {
  const value: unknown = Reflect.get(row, key)
  return value ?? null
}

/** What a relation leads to is told by its name, which stands beside it in the record. */
export const NAME_BESIDE: Readonly<Record<string, readonly string[]>> = { companyId: ['companyName', 'company'] }
