export interface CrmClientOptions {
  /** Where people open the product: `https://crm.example.com`. */
  readonly url: string
  /** An API key or an access token, or a function that has the newest one; absent for public operations alone. */
  readonly token?: string | (() => string | null | Promise<string | null>)
  /** Called after a 401, once for all calls that wait. True: there is a new token, try again. */
  readonly onUnauthorized?: () => Promise<boolean>
  /** Attempts in all, 3 unless told; 1 never repeats. */
  readonly attempts?: number
  readonly fetch?: (request: Request) => Promise<Response>
}
