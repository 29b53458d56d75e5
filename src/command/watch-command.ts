import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { html } from '../report/html.ts'
import { readOutputFolder, storedFiles } from '../report/output-folder.ts'
import { sourceLink } from '../report/source-link.ts'
import { findConfiguration } from './find-configuration.ts'
import { coloursFor, type Environment } from './environment.ts'
import { openInBrowser } from './open-in-browser.ts'
import { reportError } from './report-error.ts'
import { runCommand } from './run-command.ts'
import { shownPath } from './shown-path.ts'
import { UserError } from './user-error.ts'
import type { WatchOptions } from './watch.ts'
import { serveLive, type LiveServer } from './watch-server.ts'
import { stampOf, stampOfText, untilChanged, type Stamps } from './watched-files.ts'

/** Runs `verbatim watch` until it is interrupted. @returns the exit code: 130 when a run was interrupted, else 0. */
export async function watchCommand(name: string, options: WatchOptions, environment: Environment): Promise<number> {
  const { cwd, env, stdout } = environment
  const article = resolve(cwd, name)
  if (!existsSync(article) || statSync(article).isDirectory())
    throw new UserError(`There is no file '${name}'.`, 'Name one Markdown article or runbook (.yaml).')
  const server = await serveLive(portOf(options.port))
  const ending = watchEnding()
  stdout.write(`Live page: ${server.address}\n`)
  if (options.open ?? true) openInBrowser(server.address, env)
  const view = liveView(server)
  const stamps: Stamps = new Map(companionsOf(article, options.config, cwd).map(path => [path, undefined]))
  try {
    for (let number = 1; ; number++) {
      for (const path of stamps.keys()) stamps.set(path, stampOf(path))
      const output = resolve(cwd, 'reports', `watch-${process.pid}-${number}`)
      const code = await runOnce(name, { options, output, environment, view, ending })
      if (ending.signal.aborted) return code === 130 ? 130 : 0
      for (const [path, hash] of sourcesOf(output, cwd)) stamps.set(path, hash)
      const others = [...stamps.keys()].filter(path => path !== article && existsSync(path)).length
      stdout.write(
        coloursFor(environment).dim(
          `\nWatching ${shownPath(article, cwd)}${others > 0 ? ` and ${others} more` : ''}. Save to run again, Ctrl+C to end.\n`,
        ),
      )
      const changed = await untilChanged(stamps, ending.signal)
      if (ending.signal.aborted) return 0
      stdout.write(`\nSaved: ${changed.map(path => shownPath(path, cwd)).join(', ')}\n`)
    }
  } finally {
    ending.stop()
    view.close()
    await server.close()
  }
}

interface Going {
  options: WatchOptions
  output: string
  environment: Environment
  view: View
  ending: Ending
}

/** One run. What is wrong with the files is told, and waits to be mended. */
async function runOnce(name: string, { options, output, environment, view, ending }: Going): Promise<number> {
  const { port: _, open: __, ...orders } = options
  view.follow(output)
  const started = () => existsSync(join(output, 'result.json'))
  ending.reach(started)
  try {
    const code = await runCommand([name], { ...orders, output, reporter: ['terminal'], record: false }, environment)
    view.finish(code)
    return code
  } catch (error) {
    return reportError(error, environment)
  } finally {
    ending.reach(undefined)
  }
}

interface View {
  /** Shows a run's page, again with each of its steps. */
  follow(output: string): void
  /** Shows the end of it. What came before is removed, unless something was left behind. */
  finish(code: number): void
  close(): void
}

function liveView(server: LiveServer): View {
  let current = ''
  let finished: { output: string; code: number } | undefined
  let version = 0
  let drawn = 0
  const draw = (live: boolean) => {
    version += 1
    drawPages(current, live ? version : undefined)
    server.show(current, version)
  }
  const clock = setInterval(() => {
    const file = join(current, 'result.json')
    const written = existsSync(file) ? statSync(file).mtimeMs : 0
    if (written <= drawn) return
    drawn = written
    draw(true)
  }, 500)
  return {
    follow(output) {
      current = output
      drawn = 0
    },
    finish(code) {
      draw(true)
      drawn = Infinity
      if (finished && finished.code !== 4) rmSync(finished.output, { recursive: true, force: true })
      finished = { output: current, code }
    },
    close() {
      clearInterval(clock)
      // What stays is a page like any other: there is nothing left to listen to.
      if (existsSync(join(current, 'result.json'))) drawPages(current, undefined)
    },
  }
}

function drawPages(output: string, live: number | undefined): void {
  const run = readOutputFolder(output)
  const { sources, picture } = storedFiles(output, run)
  const link = (path: string, line: number) => sourceLink(run, path, line)
  const pages = html(run, sources, { picture, sourceLink: link, ...(live === undefined ? {} : { live }) })
  for (const { path, content } of pages) {
    mkdirSync(dirname(join(output, path)), { recursive: true })
    writeFileSync(join(output, path), content)
  }
}

/** Beside the article itself: its runbook, whether it exists yet or not, and the configuration. */
function companionsOf(article: string, config: string | undefined, cwd: string): string[] {
  const runbooks = /\.(?:md|markdown)$/i.test(article)
    ? ['.runbook.yaml', '.runbook.yml'].map(end => article.replace(/\.\w+$/, end))
    : []
  const configuration = config === undefined ? findConfiguration(cwd) : resolve(cwd, config)
  return [article, ...runbooks, ...(configuration === undefined ? [] : [configuration])]
}

/** The files that a run read, as it read them. */
function sourcesOf(output: string, cwd: string): [string, string][] {
  if (!existsSync(join(output, 'result.json'))) return []
  const run = readOutputFolder(output)
  const { sources } = storedFiles(output, run)
  return Object.entries(run.sources).flatMap(([path, hash]): [string, string][] => {
    const text = sources(hash)
    return text === undefined ? [] : [[resolve(cwd, path), stampOfText(text)]]
  })
}

interface Ending {
  signal: AbortSignal
  /** Says from when on the run under way hears of signals itself. */
  reach(started: (() => boolean) | undefined): void
  stop(): void
}

/**
 * Ctrl+C and SIGTERM end the watching. A run hears them itself once it has begun; one that is only being prepared hears of
 * them as soon as it does.
 */
function watchEnding(): Ending {
  const ended = new AbortController()
  let started: (() => boolean) | undefined
  let late: NodeJS.Timeout | undefined
  const onSignal = () => {
    const again = ended.signal.aborted
    ended.abort()
    if (!started || started()) return
    if (again) process.exit(130)
    late = setInterval(() => {
      if (!started?.()) return
      clearInterval(late)
      process.emit('SIGINT')
    }, 50)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: ended.signal,
    reach(run) {
      started = run
      if (!run) clearInterval(late)
    },
    stop() {
      clearInterval(late)
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

function portOf(wanted: string | undefined): number {
  if (wanted === undefined) return 0
  const port = Number(wanted)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new UserError(`--port takes a number from 1 to 65535, not '${wanted}'.`, 'Leave it out to take a free one.')
}
