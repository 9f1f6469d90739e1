export interface EgressRequest {
  /** Redirects of a GET are followed, up to 3; a POST follows none, and its 3xx is the answer. */
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** 10 s unless told, and never more: name, connection, answer and redirects together. */
  readonly totalTimeoutMs?: number
  /** 1 MiB unless told; 10 MiB at most. */
  readonly maxBytes?: number
  /** What a longer answer is: an error (unless told), or cut at `maxBytes`. */
  readonly longAnswer?: 'refuse' | 'cut'
  /** `answer`: the 3xx of a GET is its answer too. Followed unless told. */
  readonly redirects?: 'follow' | 'answer'
  readonly signal?: AbortSignal
}

export interface EgressAnswer {
  readonly status: number
  /** Lower-case names; of repeated headers the first. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Of the last hop. */
  readonly url: string
}
