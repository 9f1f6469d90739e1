export interface BenchOptions {
  readonly workloads: readonly string[]
  readonly contacts: number
  readonly concurrency: number
  readonly seconds: number
  /** `--services` of the program; null runs all of them. */
  readonly services: string | null
}

/** `npm run bench -- W1 W3 --contacts=100000 --seconds=8 --concurrency=16 --services=gateway,auth,crm` */
export function readOptions(words: readonly string[]): BenchOptions {
  const valueOf = (name: string): string | null => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null
  return {
    workloads: words.filter((word) => !word.startsWith('--')),
    contacts: Number(valueOf('contacts') ?? 100_000),
    concurrency: Number(valueOf('concurrency') ?? 16),
    seconds: Number(valueOf('seconds') ?? 8),
    services: valueOf('services'),
  }
}
