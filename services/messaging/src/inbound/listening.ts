/**
 * Where this process takes mail. The SMTP server picks its port when it starts (SMTP_PORT=0), routes ask here; both
 * know the service's configuration object, which is one per running service.
 */
const ports = new WeakMap<object, number>()

export function rememberSmtpPort(config: object, port: number): void {
  ports.set(config, port)
}

/** Null before the server listens. */
export const smtpPortOf = (config: object): number | null => ports.get(config) ?? null
