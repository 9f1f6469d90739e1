import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { newIdempotencyKey } from './idempotency-key.ts'
import { retrying } from './retrying.ts'

interface Command<Input, Output> {
  /** Commands that name the same thing run one after the other. */
  turn?: string
  run: (input: Input, idempotencyKey: string) => Promise<Output>
  onSuccess?: (output: Output, input: Input) => void
  onError?: (error: Error, input: Input) => void
}

/** A change on the server. Every press makes one key, and its retries carry the same one, so it happens once. */
export function useCommand<Input, Output>(command: Command<Input, Output>): UseMutationResult<Output, Error, Input> {
  return useMutation<Output, Error, Input>({
    ...(command.turn === undefined ? {} : { scope: { id: command.turn } }),
    mutationFn: (input) => {
      const key = newIdempotencyKey()
      return retrying(() => command.run(input, key))
    },
    onSuccess: (output, input) => command.onSuccess?.(output, input),
    onError: (error, input) => command.onError?.(error, input),
  })
}
