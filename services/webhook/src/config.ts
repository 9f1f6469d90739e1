import { defineConfig, egressVariables } from '@ai-crm/platform'

export const config = defineConfig({ ...egressVariables })
