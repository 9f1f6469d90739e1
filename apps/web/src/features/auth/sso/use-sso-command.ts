import { useMutation, useQueryClient } from '@tanstack/react-query'
import { showToast } from '../../../ui/toast-store.ts'

interface SsoCommand<Input, Output> {
  run: (input: Input) => Promise<Output>
  /** Said when it is done. */
  done?: string
  onSuccess?: (output: Output) => void
}

/**
 * A change of how people sign in. It is over when everything on the page is read anew, because one thing changes what another may do, and a form
 * that is opened again would begin with what was there before.
 */
export function useSsoCommand<Input, Output>({ run, done, onSuccess }: SsoCommand<Input, Output>) {
  const cache = useQueryClient()
  const readAnew = () => cache.invalidateQueries({ queryKey: ['auth', 'sso'] })
  return useMutation<Output, Error, Input>({
    mutationFn: run,
    onSuccess: async (output) => {
      await readAnew()
      if (done) showToast({ kind: 'done', text: done })
      onSuccess?.(output)
    },
    onError: readAnew,
  })
}
