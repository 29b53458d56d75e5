import type { Suggestion } from '../result/result.ts'

/** A suggestion in the lines that it changes. */
export interface Change {
  path: string
  /** First line, 1-based. */
  line: number
  /** The whole lines that it changes, and what becomes of them. */
  before: string
  after: string
  /** The same, cut where the change is: what stays in front, what goes, what comes, what stays behind. */
  parts: { head: string; removed: string; added: string; tail: string }
  /** The text of the whole file, and the offsets of what goes. */
  text: string
  span: { start: number; end: number }
}

/** A suggestion applied to the article's text; undefined where the text is not (or no longer) what it speaks of. */
export function changeOf({ place, before, after }: Suggestion, text: string | undefined): Change | undefined {
  const { path, start, end } = place
  if (text === undefined || text.slice(start.offset, end.offset) !== before) return undefined
  const from = text.lastIndexOf('\n', start.offset - 1) + 1
  const to = /\r?\n|$/.exec(text.slice(end.offset))?.index ?? 0
  const head = text.slice(from, start.offset)
  const tail = text.slice(end.offset, end.offset + to)
  const span = { start: start.offset, end: end.offset }
  const parts = { head, removed: before, added: after, tail }
  return { path, line: start.line, before: head + before + tail, after: head + after + tail, parts, text, span }
}

/**
 * Changes of one or more files as a patch that `git apply` takes, with three lines around each. Where two changes are of the same
 * words, the first one counts.
 */
export function unifiedDiff(changes: Change[]): string {
  const paths = [...new Set(changes.map(change => change.path))]
  const patches = paths.map(path => {
    const own = changes.filter(change => change.path === path).toSorted((a, b) => a.span.start - b.span.start)
    return patch(
      path,
      own.filter((change, index) => change.span.start >= (own[index - 1]?.span.end ?? 0)),
    )
  })
  return patches.join('')
}

const around = 3

function patch(path: string, changes: Change[]): string {
  const text = changes[0]?.text ?? ''
  const lines = text.split(/(?<=\n)/)
  let shift = 0
  const hunks = clusters(changes).map(cluster => {
    const first = Math.max(0, cluster.first - around)
    const last = Math.min(lines.length - 1, cluster.last + around)
    const removed = lines.slice(cluster.first, cluster.last + 1)
    const added = apply(removed.join(''), cluster.changes, lines.slice(0, cluster.first).join('').length).split(
      /(?<=\n)/,
    )
    const kept = cluster.first - first + (last - cluster.last)
    const header = `@@ -${first + 1},${removed.length + kept} +${first + 1 + shift},${added.length + kept} @@\n`
    shift += added.length - removed.length
    return [
      header,
      ...lines.slice(first, cluster.first).map(line => signed(' ', line)),
      ...removed.map(line => signed('-', line)),
      ...added.map(line => signed('+', line)),
      ...lines.slice(cluster.last + 1, last + 1).map(line => signed(' ', line)),
    ].join('')
  })
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`
}

interface Cluster {
  /** 0-based lines of the file. */
  first: number
  last: number
  changes: Change[]
}

/** Changes whose surroundings touch share a hunk. */
function clusters(changes: Change[]): Cluster[] {
  const result: Cluster[] = []
  for (const change of changes) {
    const first = change.line - 1
    const last = first + change.before.split('\n').length - 1
    const open = result.at(-1)
    if (open && first <= open.last + 2 * around) {
      open.last = Math.max(open.last, last)
      open.changes.push(change)
    } else result.push({ first, last, changes: [change] })
  }
  return result
}

function apply(text: string, changes: Change[], offset: number): string {
  return changes
    .toReversed()
    .reduce(
      (text, { span, parts }) => text.slice(0, span.start - offset) + parts.added + text.slice(span.end - offset),
      text,
    )
}

function signed(sign: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`
}
