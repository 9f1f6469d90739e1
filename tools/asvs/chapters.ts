import { authentication, authorization, sessions, tokens } from './chapters/authentication.ts'
import { api, encoding, files, frontend, validation } from './chapters/encoding-and-validation.ts'
import { oauth } from './chapters/oauth.ts'
import { architecture, communication, configuration, cryptography, data, logging, webrtc } from './chapters/operation.ts'
import type { Chapter } from './requirement.ts'

export const chapters: readonly Chapter[] = [
  encoding,
  validation,
  frontend,
  api,
  files,
  authentication,
  sessions,
  authorization,
  tokens,
  oauth,
  cryptography,
  communication,
  configuration,
  data,
  architecture,
  logging,
  webrtc,
]
