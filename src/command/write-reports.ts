import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { html } from '../report/html.ts'
import { junit } from '../report/junit.ts'
import type { RunResult } from '../result/result.ts'

/** Writes what the reporters ask for; `result.json` is there already. */
export function writeReports(
  result: RunResult,
  { output, reporters, cwd }: { output: string; reporters: readonly string[]; cwd: string },
): void {
  const sources = (hash: string) => {
    const path = join(output, 'sources', `${hash}.md`)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
  const picture = (path: string) => {
    if (existsSync(join(output, path))) return path
    const own = resolve(cwd, path)
    return existsSync(own) ? dataUri(own) : undefined
  }
  if (reporters.includes('html'))
    for (const { path, content } of html(result, sources, { picture })) {
      mkdirSync(dirname(join(output, path)), { recursive: true })
      writeFileSync(join(output, path), content)
    }
  if (reporters.includes('junit')) writeFileSync(join(output, 'junit.xml'), junit(result))
}

function dataUri(path: string): string | undefined {
  const type = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', svg: 'image/svg+xml' }[
    path.split('.').at(-1)?.toLowerCase() ?? ''
  ]
  return type && `data:${type};base64,${readFileSync(path).toString('base64')}`
}
