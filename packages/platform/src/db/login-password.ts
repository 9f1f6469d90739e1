import pg from 'pg'

const INVALID_PASSWORD = '28P01'

/**
 * The password of a role, and another one that it may have while the master secret is exchanged: processes begin to know the
 * new secret before `migrate` gives it to the roles, and go on through that.
 */
export class LoginPassword {
  readonly #passwords: readonly string[]
  #refusals = 0

  constructor({ password, otherPassword }: { readonly password: string; readonly otherPassword?: string | undefined }) {
    this.#passwords = otherPassword === undefined ? [password] : [password, otherPassword]
  }

  get current(): string {
    return this.#passwords[this.#refusals % this.#passwords.length] ?? ''
  }

  /** Connects, once more with the other password where the current one is refused. */
  async tryWith<Result>(connect: () => Promise<Result>): Promise<Result> {
    const before = this.#refusals
    try {
      return await connect()
    } catch (error) {
      if (this.#passwords.length === 1 || !(error instanceof pg.DatabaseError) || error.code !== INVALID_PASSWORD) throw error
      // Of many that were refused at once the first one changes it.
      if (this.#refusals === before) this.#refusals += 1
      return connect()
    }
  }
}
