import { installMissing } from './ensure-servers.ts'

// node packages/testing/src/servers/install-missing.ts: what the tests would install when they come to it.
await installMissing((line) => console.log(line))
