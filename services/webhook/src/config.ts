import { defineConfig, egressVariables, erasureVariables } from '@ai-crm/platform'

export const config = defineConfig({ ...egressVariables, ...erasureVariables })
