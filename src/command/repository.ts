import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunResult } from '../result/result.ts'

/** The top of the git repository that a folder stands in. */
export function repositoryTop(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/**
 * Where a run's articles can be read on GitHub, if the working directory is still at the run's commit: the address of
 * `origin`, and which of the articles were changed since. Undefined for other hosts and without git.
 */
export function repositoryOf(run: RunResult, cwd: string): RunResult['repository'] {
  const origin = git(cwd, 'remote', 'get-url', 'origin')
  const address = origin && pageOfOrigin(origin)
  if (!address || run.commit === undefined || git(cwd, 'rev-parse', 'HEAD') !== run.commit) return undefined
  const known = new Set(gitList(cwd, 'ls-files', '-z'))
  const differing = new Set(gitList(cwd, 'diff', 'HEAD', '--name-only', '--relative', '-z'))
  return {
    address,
    prefix: git(cwd, 'rev-parse', '--show-prefix') ?? '',
    changed: Object.keys(run.sources).filter(path => !known.has(path) || differing.has(path)),
  }
}

// git@github.com:owner/name.git, https://user:token@github.com/owner/name.git, ssh://git@github.com/owner/name
export function pageOfOrigin(origin: string): string | undefined {
  const match =
    /^(?:(?:https?|ssh|git):\/\/)?(?:[^@/]*@)?([\w.-]*github[\w.-]*)(?::\d+)?[:/]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(
      origin.trim(),
    )
  return match ? `https://${match[1]}/${match[2]}/${match[3]}` : undefined
}

function gitList(cwd: string, ...args: string[]): string[] {
  return (
    git(cwd, ...args)
      ?.split('\0')
      .filter(Boolean) ?? []
  )
}

function git(cwd: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 256e6,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}
