import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { changeOf, unifiedDiff, type Change } from '../report/diff.ts'
import { findingsOfRun, type Finding } from '../report/finding.ts'
import { readOutputFolder } from '../report/output-folder.ts'
import type { RunResult, Suggestion } from '../result/result.ts'
import { sha256 } from './articles.ts'
import type { Environment } from './environment.ts'
import type { FixOptions } from './fix.ts'
import { repositoryTop } from './repository.ts'
import { UserError } from './user-error.ts'

/** One change that can be made, and what it is for. */
interface Fix {
  finding: Finding
  suggestion: Suggestion
  change: Change
}

/** An article file, as it stands here, with the changes that a run suggests. */
interface Mending {
  /** As the result names it. */
  path: string
  /** The file itself, behind links. */
  file: string
  /** What stands before the text: a byte order mark, or nothing. */
  mark: string
  text: string
  fixes: Fix[]
}

/** Runs `verbatim fix`. @returns 0 when nothing is left to change, 1 when something is, 2 when something could not be changed. */
export async function fixCommand(name: string, options: FixOptions, environment: Environment): Promise<number> {
  const { cwd, stdout, stderr } = environment
  const run = readResult(name, cwd)
  const wanted = suggestionsOf(run, options.only)
  if (wanted.size === 0) {
    stdout.write(`The run ${run.run} suggests nothing${options.only ? ` by ${options.only.join(', ')}` : ''}.\n`)
    return 0
  }
  let refused = 0
  let left = 0
  let changed = 0
  const refuse = (path: string, problem: string, remedy: string) => {
    refused++
    stderr.write(`${path}: ${problem}\n${remedy}\n`)
  }
  const asking = !options.apply && isTerminal(environment) ? startAsking(environment) : undefined
  try {
    for (const [path, found] of wanted) {
      const mending = prepare(path, found, run, cwd)
      if ('problem' in mending) {
        refuse(path, mending.problem, mending.remedy)
        continue
      }
      const clash = overlapIn(mending.fixes.map(fix => fix.change))
      if (clash && options.apply) {
        refuse(
          path,
          `two changes of line ${clash.line} overlap: none was made.`,
          'Choose with --only, or run `verbatim fix` on a terminal and answer one by one.',
        )
        continue
      }
      const taken: Fix[] = []
      for (const fix of mending.fixes) {
        if (overlapIn([...taken, fix].map(each => each.change))) {
          stdout.write(
            `Left out, for it overlaps one that was taken: ${fix.finding.message} (${path}:${fix.change.line})\n`,
          )
          left++
          continue
        }
        if (asking || options.apply !== true) stdout.write(describe(fix))
        const take = options.apply ?? (asking ? await asking.ask() : 'show')
        if (take === true) taken.push(fix)
        else left++
        if (take === 'quit') break
      }
      if (taken.length === 0) continue
      write(mending, taken)
      changed += taken.length
      stdout.write(`Changed ${path}: ${taken.length === 1 ? '1 change' : `${taken.length} changes`}.\n`)
      if (asking?.ended) break
    }
  } finally {
    asking?.close()
  }
  if (!asking && options.apply !== true && left > 0)
    stderr.write(
      `${left === 1 ? '1 change is' : `${left} changes are`} suggested. \`verbatim fix --apply\` makes them all.\n`,
    )
  if (changed > 0) stderr.write('Run the articles again to see that they are true now.\n')
  return refused > 0 ? 2 : left > 0 ? 1 : 0
}

function readResult(name: string, cwd: string): RunResult {
  const path = resolve(cwd, name)
  const folder = path.endsWith('.json') ? dirname(path) : newestIn(path)
  try {
    return readOutputFolder(folder)
  } catch (error) {
    throw new UserError(
      `'${name}' holds no result: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      'Name a result.json or a folder that `verbatim run` wrote, such as reports/<run>.',
      { cause: error },
    )
  }
}

/** The folder itself, or the newest run's folder in it. */
function newestIn(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory() || existsSync(join(path, 'result.json'))) return path
  const runs = readdirSync(path)
    .map(name => join(path, name, 'result.json'))
    .filter(file => existsSync(file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  return runs[0] === undefined ? path : dirname(runs[0])
}

/** Suggestions by the file that they change; several surfaces often suggest the same. */
function suggestionsOf(run: RunResult, only: readonly string[] | undefined) {
  const byPath = new Map<string, { finding: Finding; suggestion: Suggestion }[]>()
  for (const { findings } of findingsOfRun(run))
    for (const finding of findings) {
      const { suggestion, rule } = finding
      if (!suggestion || (only && !only.includes(rule))) continue
      const { path } = suggestion.place
      const others = byPath.get(path) ?? []
      if (others.some(other => isSame(other.suggestion, suggestion))) continue
      byPath.set(path, [...others, { finding, suggestion }])
    }
  return byPath
}

function isSame(a: Suggestion, b: Suggestion): boolean {
  return (
    a.place.start.offset === b.place.start.offset && a.place.end.offset === b.place.end.offset && a.after === b.after
  )
}

type Refused = { problem: string; remedy: string }

function prepare(
  path: string,
  found: readonly { finding: Finding; suggestion: Suggestion }[],
  run: RunResult,
  cwd: string,
): Mending | Refused {
  const absolute = resolve(cwd, path)
  if (!existsSync(absolute))
    return {
      problem: 'there is no such file here.',
      remedy: 'Run `verbatim fix` in the folder that the run was started in.',
    }
  const file = realpathSync(absolute)
  if (!isInside(file, realpathSync(repositoryTop(cwd) ?? cwd)))
    return {
      problem: 'it lies outside of this folder and its repository.',
      remedy: 'Run `verbatim fix` in the repository of the article.',
    }
  const read = readText(file)
  if (read === undefined) return { problem: 'it is not text in UTF-8.', remedy: 'Change it by hand.' }
  const hash = run.sources[path]
  const mark = read.startsWith('\uFEFF') ? '\uFEFF' : ''
  // Articles are read without the mark, files that they include with it.
  const [text, before] = sha256(read.slice(mark.length)) === hash ? [read.slice(mark.length), mark] : [read, '']
  if (sha256(text) !== hash)
    return { problem: 'it has changed since the run.', remedy: 'Run the article again, and fix what that run finds.' }
  const fixes: Fix[] = []
  for (const { finding, suggestion } of found) {
    const change = changeOf({ ...suggestion, after: withEndings(suggestion.after, text) }, text)
    if (!change)
      return {
        problem: `line ${suggestion.place.start.line} is not what the suggestion speaks of.`,
        remedy: 'Change it by hand.',
      }
    fixes.push({ finding, suggestion, change })
  }
  fixes.sort((a, b) => a.change.span.start - b.change.span.start)
  return { path, file, mark: before, text, fixes }
}

/** Undefined where the bytes are not UTF-8: writing them again would spoil them. */
function readText(file: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file))
  } catch {
    return undefined
  }
}

/** A suggestion of several lines takes the line endings of the file. */
function withEndings(after: string, text: string): string {
  const ending = /\r\n/.test(text) && !/(?<!\r)\n/.test(text) ? '\r\n' : '\n'
  return after.replace(/\r?\n/g, ending)
}

function isInside(file: string, folder: string): boolean {
  const from = relative(folder, file)
  return from !== '' && !from.split(sep).includes('..') && resolve(folder, from) === file
}

/** The first of two changes of the same words, or of two insertions at the same place. */
function overlapIn(changes: readonly Change[]): Change | undefined {
  const sorted = [...changes].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  return sorted.find((change, index) => {
    const next = sorted[index + 1]
    if (!next) return false
    return next.span.start < change.span.end || next.span.start === change.span.start
  })
}

function describe({ finding, suggestion, change }: Fix): string {
  const reasons = [...new Set([`${finding.message} [${finding.rule}]`, suggestion.reason])].filter(
    reason => reason !== finding.message,
  )
  const title = reasons.map(reason => `# ${reason.replace(/\s*\n\s*/g, ' ')}\n`).join('')
  return `${title}${unifiedDiff([change])}`
}

/** Written whole and then moved into place, with the rights that the file had. */
function write({ file, mark, text }: Mending, taken: readonly Fix[]): void {
  const mended = taken
    .toSorted((a, b) => b.change.span.start - a.change.span.start)
    .reduce((told, { change: { span, parts } }) => told.slice(0, span.start) + parts.added + told.slice(span.end), text)
  const temporary = `${file}.verbatim-${process.pid}.tmp`
  writeFileSync(temporary, mark + mended)
  chmodSync(temporary, statSync(file).mode & 0o777)
  renameSync(temporary, file)
}

interface Asking {
  /** Whether a change is to be made; `quit` for this and all that follow. */
  ask(): Promise<boolean | 'quit'>
  readonly ended: boolean
  close(): void
}

function isTerminal({ stdin }: Environment): boolean {
  return stdin?.isTTY === true
}

function startAsking({ stdin, stdout }: Environment): Asking {
  const lines = createInterface({ input: stdin ?? process.stdin, output: stdout })
  let ended = false
  lines.once('close', () => (ended = true))
  return {
    get ended() {
      return ended
    },
    async ask() {
      if (ended) return 'quit'
      const closed = new Promise<string>(resolve => lines.once('close', () => resolve('q')))
      const answer = (await Promise.race([lines.question('Make this change? [y/n/q] '), closed])).trim()
      if (/^q/i.test(answer)) {
        ended = true
        return 'quit'
      }
      return /^y/i.test(answer)
    },
    close: () => lines.close(),
  }
}
