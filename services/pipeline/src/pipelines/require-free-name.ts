import type { Pipeline } from '@ai-crm/contracts'
import { nameTaken } from './errors.ts'

export function requireFreeName(others: readonly Pipeline[], name: string): void {
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) throw nameTaken()
}
