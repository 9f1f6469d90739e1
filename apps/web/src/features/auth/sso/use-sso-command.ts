import { useMutation, useQueryClient } from '@tanstack/react-query'
import { showToast } from '../../../ui/toast-store.ts'

interface SsoCommand<Input, Output> {
  run: (input: Input) => Promise<Output>
  /** Said when it is done. */
  done?: string
  onSuccess?: (output: Output) => void
}

/** A change of how people sign in; everything on the page is read anew, because one thing changes what another may do. */
export function useSsoCommand<Input, Output>({ run, done, onSuccess }: SsoCommand<Input, Output>) {
  const cache = useQueryClient()
  return useMutation<Output, Error, Input>({
    mutationFn: run,
    onSuccess: (output) => {
      if (done) showToast({ kind: 'done', text: done })
      onSuccess?.(output)
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['auth', 'sso'] }),
  })
}
