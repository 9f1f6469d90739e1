import { readConfig } from '@ai-crm/platform'
import { expect, it } from 'vitest'
import { processConfig } from './config.ts'
import { plainConnections, requireEncryptedDoor, requireEncryption } from './encryption.ts'

const SECRET = 'a master secret of tests, long enough'
const read = (environment: Record<string, string>) => readConfig(processConfig, { MASTER_SECRET: SECRET, ...environment })

it.each([
  ['DATABASE_URL', 'postgres://db.example:5432/ai_crm'],
  ['DATABASE_URL', 'postgres://db.example:5432/ai_crm?sslmode=prefer'],
  ['DATABASE_ADMIN_URL', 'postgres://admin:x@db.example:5432/ai_crm'],
  ['REDIS_URL', 'redis://:x@redis.example:6379'],
  ['RABBITMQ_URL', 'amqp://a:x@rabbit.example'],
  ['ELASTICSEARCH_URL', 'http://a:x@search.example:9200'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://jaeger.example:4318'],
  ['AUTH_URL', 'https://auth.example,http://auth2.example'],
  ['PIPELINE_URL', 'http://pipeline:3000'],
  ['AI_BASE_URL', 'http://model.example/v1'],
  ['SMTP_RELAY_URL', 'smtp://relay.example:587'],
  ['CLAMD_URL', 'tcp://clamd.example:3310'],
])('starts with no plain connection where encryption is required: %s=%s', (name, value) => {
  const environment = { [name]: value, SMTP_RELAY_TLS: 'if-offered', ENCRYPTION: 'required' }
  const config = read(environment)
  expect(plainConnections(config, environment)).toEqual([name])
  expect(() => requireEncryption(config, environment)).toThrow(name)
  expect(() => requireEncryption({ ...config, ENCRYPTION: 'chosen' }, environment)).not.toThrow()
})

it('opens no door without TLS beyond this machine where encryption is required', () => {
  expect(() => requireEncryptedDoor(read({ HOST: '0.0.0.0', ENCRYPTION: 'required' }))).toThrow('TLS_CERT')
  for (const environment of [{ HOST: '0.0.0.0' }, { ENCRYPTION: 'required' }, { HOST: '0.0.0.0', TLS_CERT: '/run/cert.pem', ENCRYPTION: 'required' }])
    expect(() => requireEncryptedDoor(read(environment))).not.toThrow()
})

it('starts with what is encrypted, and with what stays on this machine', () => {
  const urls = {
    DATABASE_URL: 'postgres://db.example:5432/ai_crm?sslmode=verify-full',
    REDIS_URL: 'rediss://:x@redis.example:6379',
    RABBITMQ_URL: 'amqps://a:x@rabbit.example',
    ELASTICSEARCH_URL: 'https://a:x@search.example:9200',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    AUTH_URL: 'https://auth.example',
    PUBLIC_URL: 'https://crm.example',
    AI_BASE_URL: 'https://model.example/v1',
    SMTP_RELAY_URL: 'smtp://relay.example:587',
  }
  for (const environment of [{ ...urls, ENCRYPTION: 'required' }, { ENCRYPTION: 'required' }])
    expect(() => requireEncryption(read(environment), environment)).not.toThrow()
})
