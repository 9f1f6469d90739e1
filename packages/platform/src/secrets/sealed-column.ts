/** Where a service keeps bytes that `seal` made. Names are the database's. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** What names a row, within its organisation. */
  readonly key: string
  /** Of rows without an organisation. */
  readonly isOfInstallation?: true
  /** Columns beside the key that the binding takes, as texts in this order. */
  readonly boundTo?: readonly string[]
  /** Of the key that seals (`deriveKey`). The organisation is empty where the row has none. */
  purpose(organizationId: string): string
  binding(organizationId: string, key: string, ...boundTo: readonly string[]): string
}
