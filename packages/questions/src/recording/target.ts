import type { SourceVersion } from '@tstrace/results'

/** What a question about code is about. All lines are 1-based. */
export type Target = LinesTarget | FunctionTarget | FileTarget | FolderTarget

/** A line, or several. */
export interface LinesTarget extends SourceVersion {
  readonly kind: 'lines'
  readonly from: number
  /** The last of them. */
  readonly to: number
}

export interface FunctionTarget extends SourceVersion {
  readonly kind: 'function'
  readonly name: string
  /** On which it starts. */
  readonly line: number
}

export interface FileTarget extends SourceVersion {
  readonly kind: 'file'
}

/** A folder, with everything below it. */
export interface FolderTarget {
  readonly kind: 'folder'
  /** '' for the folder in which the question is asked. */
  readonly path: string
}

/** Whether it is the folder in which the question is asked. */
export function isHere(target: Target): boolean {
  return target.kind === 'folder' && target.path === ''
}

/** As a user would write it: `src/a.ts:4-9`, `src/a.ts:parse`. */
export function targetText(target: Target): string {
  switch (target.kind) {
    case 'lines':
      return `${target.path}:${target.from}${target.to === target.from ? '' : `-${target.to}`}`
    case 'function':
      return `${target.path}:${target.name}`
    case 'file':
      return target.path
    case 'folder':
      return isHere(target) ? '.' : `${target.path}/`
  }
}

/** Whether a path leads to something in a folder, or anywhere below it. Both start at the same folder, which is ''. */
export function isInFolder(folder: string, path: string): boolean {
  const up = /^(?:\.\.(?:\/|$))*/
  const [ups = ''] = up.exec(folder) ?? []
  if (ups.length < folder.length) return path.startsWith(`${folder}/`)
  return levels(up.exec(path)?.[0] ?? '') <= levels(ups)
}

function levels(ups: string): number {
  return ups.split('/').filter(Boolean).length
}
