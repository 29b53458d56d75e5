import type { Suggestion } from '../result/result.ts'

/** A suggestion in the lines that it changes. */
export interface Change {
  path: string
  /** First line, 1-based. */
  line: number
  before: string
  after: string
  /** The same, cut where the change is: what stays in front, what goes, what comes, what stays behind. */
  parts: { head: string; removed: string; added: string; tail: string }
}

/** A suggestion applied to the article's text; undefined where the text is not (or no longer) what it speaks of. */
export function changeOf({ place, before, after }: Suggestion, text: string | undefined): Change | undefined {
  const { path, start, end } = place
  if (text === undefined || text.slice(start.offset, end.offset) !== before) return undefined
  const from = text.lastIndexOf('\n', start.offset - 1) + 1
  const to = /\r?\n|$/.exec(text.slice(end.offset))?.index ?? 0
  const head = text.slice(from, start.offset)
  const tail = text.slice(end.offset, end.offset + to)
  const parts = { head, removed: before, added: after, tail }
  return { path, line: start.line, before: head + before + tail, after: head + after + tail, parts }
}

/** Changes of one or more files as a patch that `git apply` takes. Changes of the same lines: the first one counts. */
export function unifiedDiff(changes: Change[]): string {
  const paths = [...new Set(changes.map(change => change.path))]
  return paths
    .map(path =>
      patch(
        path,
        changes.filter(change => change.path === path),
      ),
    )
    .join('')
}

function patch(path: string, changes: Change[]): string {
  const sorted = changes.toSorted((a, b) => a.line - b.line)
  let shift = 0
  let next = 1
  const hunks = sorted.map(({ line, before, after }) => {
    if (line < next) return ''
    const removed = before.split(/\r?\n/)
    const added = after.split(/\r?\n/)
    const header = `@@ -${range(line, removed)} +${range(line + shift, added)} @@`
    shift += added.length - removed.length
    next = line + removed.length
    return [header, ...removed.map(one => `-${one}`), ...added.map(one => `+${one}`), ''].join('\n')
  })
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`
}

function range(line: number, lines: string[]): string {
  return lines.length === 1 ? String(line) : `${line},${lines.length}`
}
