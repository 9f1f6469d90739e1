import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** What is mounted, to tell a wrong method (405) from a wrong address (404). */
    knownPaths: KnownPath[]
  }
}

export interface KnownPath {
  readonly method: string
  readonly pattern: RegExp
}

/** Remembers a route, `/api/v1/contacts/:contactId`. */
export function rememberPath(app: FastifyInstance, method: string, path: string): void {
  const segments = path.split('/').map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.')))
  app.knownPaths.push({ method, pattern: new RegExp(`^${segments.join('/')}$`) })
}

/** The methods that an address answers; empty when it does not exist. */
export function allowedMethods(app: FastifyInstance, url: string): readonly string[] {
  const [path = ''] = url.split('?')
  return [...new Set(app.knownPaths.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
}
