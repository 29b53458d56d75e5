import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { packageRoot } from '../../src/command/package-root.ts'
import type { RunResult } from '../../src/result/result.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'

/**
 * What it costs that an article is run and not a script written by hand, as ratios taken in one run: from first action to
 * last in the portal and through Resource Manager, with the same screenshots, trace and reading back on both sides; and
 * how much later than an empty `playwright test` a run reaches its first action.
 *
 * Usage: npm run bench -- --only driver [--rounds N]
 */
const project = fileURLToPath(packageRoot())
const at = process.argv.indexOf('--rounds')
const rounds = at < 0 ? 5 : Number(process.argv[at + 1])
const article = join(project, 'runbooks/create-recovery-services-vault.md')
const scratch = mkdtempSync(join(tmpdir(), 'verbatim-bench-'))
const playwright = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')
const sandbox = await startSandbox({ portalPace: 'instant' })
const cloud = join(scratch, 'cloud.json')
let over = false

/** Milliseconds. */
interface Taken {
  /** From the start of the process to the first action, or to the body of an empty test. */
  start: number
  /** From the start of the process to the first request that it is for. */
  request: number
  /** From the first action to the last. */
  actions: number
  /** From the last action to the end of the process: clean-up and reports. */
  end: number
}

try {
  writeFileSync(cloud, JSON.stringify(sandbox.definition), { mode: 0o600 })
  const taken = {
    portal: [] as Taken[],
    plainPortal: [] as Taken[],
    arm: [] as Taken[],
    plainSdk: [] as Taken[],
    empty: [] as Taken[],
    emptyPage: [] as Taken[],
  }
  // The first round fills caches, and gives the configuration that the plain script is run with.
  for (let round = 0; round <= rounds; round++) {
    const each: { [Name in keyof typeof taken]: Taken } = {
      portal: await runArticle('portal', round),
      plainPortal: await runPlaywright('plain-portal-script.ts', round),
      emptyPage: await runPlaywright('empty-portal.ts', round),
      arm: await runArticle('arm', round),
      plainSdk: await runSdkScript(round),
      empty: await runPlaywright('empty.ts', round),
    }
    if (round > 0) for (const name of Object.keys(taken) as (keyof typeof taken)[]) taken[name].push(each[name])
  }
  const median = Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, medianOf(all)])) as {
    [Name in keyof typeof taken]: Taken
  }
  say(`from first action to last, median of ${rounds}`)
  ratio('article on the portal surface', median.portal.actions, median.plainPortal.actions, 1.25)
  ratio('article on the ARM surface', median.arm.actions, median.plainSdk.actions, 1.15)
  say('from the start of the process')
  later('first browser action', median.portal.start, median.emptyPage.start, 600)
  later('first ARM request', median.arm.request, median.empty.start, 900)
  say('apart from that')
  apart('portal', median.portal)
  apart('arm', median.arm)
} finally {
  await sandbox.stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = over ? 1 : 0

async function runArticle(surface: 'portal' | 'arm', round: number): Promise<Taken> {
  const output = join(scratch, `${surface}-${round}`)
  const seen = sandbox.requests.length
  const args = ['run', article, '--cloud', cloud, '--surface', surface, '--output', output, '--no-record']
  const { began, ended } = await run(process.execPath, [join(project, 'dist/verbatim.js'), ...args])
  const result = JSON.parse(readFileSync(join(output, 'result.json'), 'utf8')) as RunResult
  const steps = result.articles[0]?.steps.filter(step => step.startedAt !== undefined) ?? []
  const [first, last] = [steps[0], steps.at(-1)]
  if (result.exitCode !== 0 || !first?.startedAt || !last?.startedAt)
    throw new Error(`The article did not pass on the ${surface} surface: run it by hand.`)
  const started = Date.parse(first.startedAt)
  const done = Date.parse(last.startedAt) + last.duration
  const server = surface === 'portal' ? 'portal' : 'resource-manager'
  // The command asks for the subscription's name before; that is no action of the article.
  const request = sandbox.requests.slice(seen).find(each => each.server === server && Date.parse(each.at) >= started)
  return {
    start: started - began,
    request: Date.parse(request?.at ?? first.startedAt) - began,
    actions: done - started,
    end: ended - done,
  }
}

/** With what `verbatim run` gave Playwright in the same round: browser, window, trace. */
async function runPlaywright(script: string, round: number): Promise<Taken> {
  const output = join(scratch, `${script}-${round}`)
  const times = join(output, 'times.json')
  mkdirSync(output, { recursive: true })
  const written = pathToFileURL(join(scratch, `portal-${round}/specs/playwright.config.mjs`)).href
  const { default: given } = (await import(written)) as { default: object }
  const config = join(output, 'playwright.config.mjs')
  const own = {
    testDir: join(project, 'test/bench'),
    testMatch: script,
    outputDir: join(output, 'results'),
    reporter: 'null',
    workers: 1,
  }
  writeFileSync(config, `export default ${JSON.stringify({ ...given, ...own })}\n`)
  const { began, ended } = await run(process.execPath, [playwright, 'test', '--config', config], {
    BENCH_CLOUD: cloud,
    BENCH_OUTPUT: output,
    BENCH_NAME: `plain${round}`,
    BENCH_TIMES: times,
    NODE_NO_WARNINGS: '1',
  })
  return takenFrom(times, began, ended)
}

async function runSdkScript(round: number): Promise<Taken> {
  const times = join(scratch, `sdk-${round}.json`)
  const script = fileURLToPath(new URL('plain-sdk-script.js', import.meta.url))
  const { began, ended } = await run(process.execPath, [script, cloud, times, `sdk${round}`])
  return takenFrom(times, began, ended)
}

function takenFrom(times: string, began: number, ended: number): Taken {
  const {
    body,
    first = body,
    last = body,
  } = JSON.parse(readFileSync(times, 'utf8')) as {
    body: number
    first?: number
    last?: number
  }
  return { start: body - began, request: first - began, actions: last - first, end: ended - last }
}

/** @throws Error where the program fails: a failure takes no time worth knowing. */
function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ began: number; ended: number }> {
  return new Promise((resolve, reject) => {
    const began = Date.now()
    const child = spawn(command, args, {
      cwd: scratch,
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data.toString()))
    child.stderr.on('data', (data: Buffer) => (said += data.toString()))
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0) resolve({ began, ended: Date.now() })
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${said}`))
    })
  })
}

function medianOf(all: readonly Taken[]): Taken {
  const middle = (of: (taken: Taken) => number) =>
    all.map(of).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
  return {
    start: middle(each => each.start),
    request: middle(each => each.request),
    actions: middle(each => each.actions),
    end: middle(each => each.end),
  }
}

function ratio(what: string, took: number, baseline: number, atMost: number): void {
  const times = took / baseline
  say(
    `  ${what.padEnd(30)} ${seconds(took)}, ${times.toFixed(2)} times a plain script's ${seconds(baseline)}  ${judge(times <= atMost, String(atMost))}`,
  )
}

function later(what: string, took: number, baseline: number, atMost: number): void {
  say(
    `  ${what.padEnd(30)} ${seconds(took)}, ${seconds(took - baseline)} later than an empty test's body at ${seconds(baseline)}  ${judge(took - baseline <= atMost, seconds(atMost))}`,
  )
}

function apart(surface: string, { start, end }: Taken): void {
  say(`  ${surface.padEnd(30)} start-up ${seconds(start)}, clean-up and reports ${seconds(end)}`)
}

function judge(fits: boolean, limit: string): string {
  if (!fits) over = true
  return fits ? `within ${limit}` : `OVER ${limit}  <<<`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
