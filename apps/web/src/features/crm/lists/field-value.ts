/** A role may hide any field: then it is not there. */
export function valueIn(row: object, key: string): unknown {
  const value: unknown = Reflect.get(row, key)
  return value ?? null
}
