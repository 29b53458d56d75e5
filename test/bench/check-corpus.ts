import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { markdownIn } from './markdown-in.ts'

/**
 * How fast `verbatim check` is, as ratios taken in one run on one machine: a corpus against a plain loop of remark, with
 * an empty and with a warm cache; one file against starting Node; and how much memory ten thousand files take.
 *
 * Usage: npm run bench -- [--corpus FOLDER] [--rounds N] [--only corpus|one|memory|sandbox|portal|driver]
 */
const project = fileURLToPath(new URL('../../', import.meta.url))
const program = join(project, 'dist/verbatim.js')
const option = (name: string) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
const corpus = option('--corpus') ?? join(project, '../shared/corpus')
const rounds = Number(option('--rounds') ?? 3)
const only = option('--only')
const scratch = mkdtempSync(join(tmpdir(), 'verbatim-bench-'))

interface Measured {
  /** Milliseconds. */
  wall: number
  cpu: number
  /** Megabytes, all threads together. */
  memory: number
}

try {
  say(`node ${process.version}, ${availableParallelism()} cores`)
  if (only === undefined || only === 'corpus') measureCorpus()
  if (only === undefined || only === 'one') measureOneFile()
  if (only === undefined || only === 'memory') measureMemory()
  if (only === undefined || only === 'sandbox') measureServers('the sandbox', 'sandbox.js')
  if (only === undefined || only === 'portal') measureServers('its portal', 'portal.js')
  if (only === undefined || only === 'driver') measureServers('an article against a script by hand', 'driver.js')
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function measureCorpus(): void {
  if (!existsSync(corpus)) return say(`SKIPPED: there is no corpus at ${corpus}; name one with --corpus.`)
  const files = markdownIn(corpus)
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  say(`\n${files.length} Markdown files, ${(bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`)
  const taken: Record<'plain' | 'cold' | 'warm', Measured[]> = { plain: [], cold: [], warm: [] }
  for (let round = 0; round < rounds; round++) {
    const env = { XDG_CACHE_HOME: join(scratch, `cache-${round}`) }
    taken.plain.push(measure([fileURLToPath(new URL('plain-loop.js', import.meta.url)), corpus]))
    taken.cold.push(measure([program, 'check', corpus], env))
    taken.warm.push(measure([program, 'check', corpus], env))
  }
  const plain = median(taken.plain)
  show('plain loop of remark + GFM', plain)
  show('verbatim check, empty cache', median(taken.cold), { of: plain, atMost: 0.5 })
  show('verbatim check, warm cache', median(taken.warm), { of: plain, atMost: 0.1 })
}

function measureOneFile(): void {
  const article = join(project, 'runbooks/create-recovery-services-vault.md')
  const nothing: number[] = []
  const uncached: number[] = []
  const cached: number[] = []
  const env = { XDG_CACHE_HOME: join(scratch, 'cache-one') }
  for (let round = 0; round < 15; round++) {
    nothing.push(time(['-e', '0']))
    uncached.push(time([program, 'check', article, '--no-cache']))
    cached.push(time([program, 'check', article], env))
  }
  const [node, cold, warm] = [nothing, uncached, cached].map(middle) as [number, number, number]
  const limit = 2.5 * node + 150
  say(`\none article, median of 15: node -e 0 takes ${ms(node)}, so ${ms(limit)} are allowed`)
  say(`  verbatim check, no cache    ${ms(cold)}  ${judge(cold / limit, 1)}`)
  say(`  verbatim check, warm cache  ${ms(warm)}  ${judge(warm / limit, 1)}`)
}

function measureServers(title: string, script: string): void {
  say(`\n${title}`)
  const more = option('--rounds') === undefined ? [] : ['--rounds', String(rounds)]
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...more], {
    stdio: 'inherit',
  })
  if (status !== 0) missed()
}

function measureMemory(): void {
  const article = join(project, 'runbooks/create-recovery-services-vault.md')
  const folder = join(scratch, 'many')
  for (let index = 0; index < 10_000; index++) {
    const within = join(folder, String(index % 100))
    if (index < 100) mkdirSync(within, { recursive: true })
    copyFileSync(article, join(within, `${index}.md`))
  }
  say('\n10,000 files, peak memory of the whole program')
  const env = { XDG_CACHE_HOME: join(scratch, 'cache-many') }
  for (const [name, format] of [
    ['empty cache', 'text'],
    ['warm cache', 'text'],
    ['warm cache', 'json'],
  ] as const) {
    const { memory, wall } = measure([program, 'check', folder, '--format', format], env)
    say(`  ${name}, ${format}`.padEnd(30) + `${memory.toFixed(0)} MB in ${ms(wall)}  ${judge(memory / 500, 1)}`)
  }
}

function measure(args: string[], env: NodeJS.ProcessEnv = {}): Measured {
  const usage = join(scratch, 'usage.json')
  const preload = new URL('usage.js', import.meta.url).href
  const wall = time(['--import', preload, ...args], { ...env, BENCH_USAGE: usage })
  const { maxRSS, cpu } = JSON.parse(readFileSync(usage, 'utf8')) as { maxRSS: number; cpu: number }
  return { wall, cpu: cpu / 1000, memory: maxRSS / 1024 }
}

/** @returns milliseconds. @throws Error where the program failed. */
function time(args: string[], env: NodeJS.ProcessEnv = {}): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: scratch,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${String(stderr)}`)
  return performance.now() - start
}

function show(name: string, { wall, cpu, memory }: Measured, limit?: { of: Measured; atMost: number }): void {
  const ratio = limit ? wall / limit.of.wall : undefined
  const judged = limit && ratio !== undefined ? `  ratio ${ratio.toFixed(3)}  ${judge(ratio, limit.atMost)}` : ''
  say(`  ${name.padEnd(28)} ${ms(wall)} wall  ${ms(cpu)} CPU  ${memory.toFixed(0)} MB${judged}`)
}

function judge(value: number, atMost: number): string {
  if (value > atMost) missed()
  return `${value <= atMost ? 'within' : 'OVER'} ${atMost}${value <= atMost ? '' : '  <<<'}`
}

/** The bench ends with an error where a limit is missed. */
function missed(): void {
  process.exitCode = 1
}

function median(all: Measured[]): Measured {
  return {
    wall: middle(all.map(({ wall }) => wall)),
    cpu: middle(all.map(({ cpu }) => cpu)),
    memory: Math.max(...all.map(({ memory }) => memory)),
  }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function ms(value: number): string {
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(0)} ms`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
