import { isTestFile, type Project, type Workspace } from '../project.ts'
import { packageOf, targetOf } from '../source-file.ts'
import type { Violation } from '../violation.ts'

/** Which workspaces a workspace may import (wall 1). Tests may import @ai-crm/testing everywhere. */
const ALLOWED: readonly { from: RegExp; to: RegExp }[] = [
  { from: /^apps\/server$/, to: /^(?:services\/[^/]+|packages\/(?:platform|contracts))$/ },
  { from: /^apps\/web$/, to: /^packages\/contracts$/ },
  { from: /^services\/[^/]+$/, to: /^packages\/(?:platform|contracts)$/ },
  { from: /^packages\/platform$/, to: /^packages\/contracts$/ },
  { from: /^packages\/testing$/, to: /^packages\/(?:platform|contracts)$/ },
]
const ALLOWED_IN_TESTS = /^(?:packages\/.+|services\/[^/]+)$/

/** apps/server → services → platform → contracts; apps/web → contracts; no service and no web feature imports another. */
export function checkImportDirections(project: Project): Violation[] {
  const byName = new Map(project.workspaces.map((workspace) => [workspace.name, workspace]))
  return project.workspaces.flatMap((workspace) =>
    workspace.sources.flatMap((source) =>
      source.imports.flatMap(({ specifier, line }): Violation[] => {
        const target = targetOf(source.path, specifier)
        if (target !== null) return checkRelative(workspace, source.path, target, line)
        const imported = byName.get(packageOf(specifier) ?? '')
        if (!imported || mayImport(workspace, imported, source.path)) return []
        return [
          {
            path: source.path,
            line,
            problem: `${workspace.directory} imports ${imported.directory}.`,
            cure: 'Imports go apps/server → services → platform → contracts. Put what both need into contracts, or keep a projection fed by events.',
          },
        ]
      }),
    ),
  )
}

function mayImport(from: Workspace, to: Workspace, file: string): boolean {
  if (from === to) return true
  const isAllowed = ALLOWED.some((rule) => rule.from.test(from.directory) && rule.to.test(to.directory))
  return isAllowed || (isTestFile(file) && ALLOWED_IN_TESTS.test(to.directory) && from.directory !== 'packages/contracts')
}

const featureOf = (file: string): string | null => /^apps\/web\/src\/features\/([^/]+)\//.exec(file)?.[1] ?? null

function checkRelative(workspace: Workspace, file: string, target: string, line: number): Violation[] {
  if (!target.startsWith(`${workspace.directory}/`)) {
    return [
      {
        path: file,
        line,
        problem: `Reaches out of ${workspace.directory} by a relative path (${target}).`,
        cure: 'Import the other workspace by its name, through its exports.',
      },
    ]
  }
  const [here, there] = [featureOf(file), featureOf(target)]
  if (here === null || there === null || here === there) return []
  return [
    {
      path: file,
      line,
      problem: `The web feature "${here}" imports the feature "${there}".`,
      cure: 'Move what both need to apps/web/src/ui or lib, or compose the two in a route.',
    },
  ]
}
