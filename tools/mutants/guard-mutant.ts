/** One guard taken away by an exact change of one file, and the test that has to turn red (contract 42). */
export interface GuardMutant {
  readonly guard: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly from: string
  readonly to: string
  readonly test: string
  readonly project: 'unit' | 'int'
}
