import { useMutation, useQueryClient } from '@tanstack/react-query'
import { showToast } from '../../../ui/toast-store.ts'
import { factorsQuery } from './queries.ts'

interface FactorCommand<Input, Output> {
  run: (input: Input) => Promise<Output>
  /** Said when it is done; null where the screen shows it by itself. */
  done: string | null
  onSuccess?: (output: Output) => void
}

/** A change of one's factors. Not retried by itself: what it shows is shown once, and challenges are single-use. */
export function useFactorCommand<Input, Output>({ run, done, onSuccess }: FactorCommand<Input, Output>) {
  const cache = useQueryClient()
  return useMutation<Output, Error, Input>({
    mutationFn: run,
    onSuccess: (output) => {
      void cache.invalidateQueries({ queryKey: factorsQuery.queryKey })
      if (done) showToast({ kind: 'done', text: done })
      onSuccess?.(output)
    },
  })
}
