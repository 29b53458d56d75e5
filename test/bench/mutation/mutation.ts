import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SurfaceName } from '../../../src/plan/plan.ts'
import { eras, type Era } from '../../../src/sandbox/portal/traits.ts'
import { argumentsOf } from '../arguments.ts'
import { runFalseAlarms } from '../false-alarms/false-alarms.ts'
import { inLanes, project, runInSandbox } from '../runs/run-in-sandbox.ts'
import { generateMutants, mutantClass, sampleMutants } from './generate-mutants.ts'
import { equivalenceRules, mutantClasses, type Equivalent, type Mutant } from './mutant.ts'
import { readOriginals, readTypes, type Original } from './original.ts'
import { runMutants, runbookFor, type BatchEnd, type Judged } from './run-mutants.ts'

/**
 * Proof by mutation: what a run says of articles that were made untrue in one place, of correct articles in portals that
 * make people wait and interrupt them, and of correct articles in clouds in which something goes wrong.
 *
 * Usage: npm run bench:mutation -- [--only mutants,delays,faults or classes] [--sample N] [--seed S] [--article NAMES]
 *   [--surface portal|arm] [--runs N] [--lanes N] [--list]
 */
const options = argumentsOf(process.argv.slice(2), {
  values: ['--only', '--sample', '--seed', '--article', '--surface', '--runs', '--lanes', '--runbooks'],
  flags: ['--list'],
})
const parts = ['mutants', 'delays', 'faults']
const only = options.list('--only')
const classes = only.filter(name => !parts.includes(name)).map(mutantClass)
const wants = (part: string) => only.length === 0 || only.includes(part) || (part === 'mutants' && classes.length > 0)
const seed = options.number('--seed') ?? 1
const lanes = options.number('--lanes') ?? 2
const runbooks = options.value('--runbooks') ?? join(project, 'runbooks')
const folder = join(project, 'reports/mutation')
const failures: string[] = []

const types = readTypes(join(project, 'src/plan/resources'))
const articles = options.list('--article')
const originals = readOriginals(runbooks, types).filter(
  ({ name }) => articles.length === 0 || articles.some(article => name.includes(article)),
)
const began = performance.now()
if (options.flag('--list')) list()
else {
  mkdirSync(folder, { recursive: true })
  const trueIn = await findTrue(originals)
  if (wants('mutants')) await mutants(trueIn)
  for (const kind of ['delays', 'faults'] as const)
    if (wants(kind)) {
      const found = await runFalseAlarms(kind, {
        runbooks,
        folder: join(folder, kind),
        articles: trueIn.map(({ original, era, surfaces }) => ({ name: original.name, era, surfaces })),
        runs: options.number('--runs') ?? 100,
        firstSeed: seed,
        lanes,
        say,
      })
      failures.push(...found)
    }
  say(`\n${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
  for (const failure of failures) say(`MISSED: ${failure}`)
  process.exitCode = failures.length > 0 ? 1 : 0
}

interface True {
  original: Original
  era: Era
  surfaces: SurfaceName[]
}

/** In which year's portal each article is true, newest first: mutants of an article that isn't would prove nothing. */
async function findTrue(all: readonly Original[]): Promise<True[]> {
  const found = new Map<string, True>()
  const work = join(folder, 'originals')
  await inLanes(all, lanes, async original => {
    const passed: SurfaceName[] = []
    let year: Era | undefined
    let said = ''
    for (const era of eras.toReversed()) {
      const { ok, words } = await passes(original, 'portal', { era, work })
      said ||= words
      if (!ok) continue
      year = era
      passed.push('portal')
      break
    }
    const onArm = await passes(original, 'arm', { era: year ?? '2026', work })
    if (onArm.ok) passed.push('arm')
    say(
      `${original.name}: ${year ? `true in ${year}` : 'NOT GREEN in any year'}${onArm.ok ? '' : ', not green on arm'}`,
    )
    if (year) found.set(original.name, { original, era: year, surfaces: passed })
    if (!year) say(said.replace(/^/gm, '  | '))
    if (!year || !onArm.ok) failures.push(`${original.name} is not green as it is`)
    if (!onArm.ok) say(onArm.words.replace(/^/gm, '  | '))
  })
  return all.flatMap(({ name }) => found.get(name) ?? [])
}

async function passes(original: Original, surface: SurfaceName, { era, work }: { era: Era; work: string }) {
  const output = join(work, `${original.name}.${surface}.${era}`)
  const runbook = join(work, `${original.name}.runbook.yaml`)
  mkdirSync(work, { recursive: true })
  const { needs, ...rest } = runbookFor(original) as { needs?: string | string[] }
  const paths = Array.isArray(needs) ? needs.map(name => join(runbooks, name)) : needs
  writeFileSync(
    runbook,
    JSON.stringify({ ...rest, ...(paths ? { needs: paths } : {}), article: join(runbooks, original.name) }),
  )
  const { result, left, said } = await runInSandbox({
    folder: runbooks,
    articles: [runbook],
    output,
    arguments: ['--surface', surface, '--workers', '1', '--trace', 'off', '--reporter', 'terminal'],
    sandbox: { portalEra: era, portalPace: 'instant' },
    limit: 300_000,
  })
  const [article] = result?.articles ?? []
  const ok = article?.status === 'passed' && left.length === 0
  if (ok) rmSync(output, { recursive: true, force: true })
  return { ok, words: said }
}

async function mutants(trueIn: readonly True[]): Promise<void> {
  const made = trueIn.map(({ original, era }) => generateMutants(original, era))
  const surfacesOf = new Map(trueIn.map(({ original, surfaces }) => [original.name, surfaces]))
  const surface = options.value('--surface')
  const all = made
    .flatMap(each => each.mutants)
    .filter(each => classes.length === 0 || classes.includes(each.class))
    .filter(each => surfacesOf.get(each.article)?.includes(each.surface))
    .filter(each => surface === undefined || each.surface === surface)
  const chosen = sampleMutants(all, options.number('--sample') ?? 330, seed)
  say(`\n${all.length} mutants of ${trueIn.length} articles, of which ${chosen.length} are run`)
  const judged: Judged[] = []
  const left: string[] = []
  await runMutants(
    chosen,
    {
      runbooks,
      folder: join(folder, 'mutants'),
      era: article => trueIn.find(({ original }) => original.name === article)?.era ?? '2026',
      original: article => trueIn.find(({ original }) => original.name === article)?.original ?? missing(article),
      lanes,
    },
    batch => {
      judged.push(...batch.judged)
      left.push(...batch.left)
      writeFileSync(join(folder, 'mutants.json'), JSON.stringify(judged, null, 2))
      tellBatch(batch, judged.length, chosen.length)
    },
  )
  tellMutants(
    judged,
    made.flatMap(each => each.equivalents),
    left,
  )
}

function missing(article: string): never {
  throw new Error(`There is no article '${article}'.`)
}

function tellBatch({ judged, left, trouble }: BatchEnd, done: number, all: number): void {
  const count = (outcome: Judged['outcome']) => judged.filter(each => each.outcome === outcome).length
  say(
    `  ${done}/${all}  ${count('right')} right, ${count('wrong')} wrong, ${count('survived')} survived${left.length > 0 ? `, LEFT BEHIND: ${left.join(' ')}` : ''}`,
  )
  if (trouble !== undefined) say(trouble.replace(/^/gm, '  | '))
}

function tellMutants(judged: readonly Judged[], equivalents: readonly Equivalent[], left: readonly string[]): void {
  say(
    `\n${'class'.padEnd(14)}${['mutants', 'right', 'wrong', 'survived', 'undecided'].map(title => title.padStart(10)).join('')}`,
  )
  for (const kind of mutantClasses)
    row(
      kind,
      judged.filter(({ mutant }) => mutant.class === kind),
    )
  const real = judged.filter(({ mutant }) => mutant.class !== 'decoy')
  const decoys = judged.filter(({ mutant }) => mutant.class === 'decoy')
  row('all but decoys', real)
  tellEquivalents(equivalents)
  for (const outcome of ['survived', 'wrong'] as const) {
    const some = judged.filter(each => each.outcome === outcome)
    if (some.length > 0) say(`\n${outcome === 'wrong' ? 'Not green, but with the wrong step or verdict' : 'Survived'}:`)
    some.forEach(tellOne)
  }
  say(`\nLeft behind: ${left.length === 0 ? 'nothing' : left.join(' ')}`)
  limit('mutants killed with the right step and verdict', share(real), 0.98)
  limit('decoys found out', share(decoys), 0.98)
  if (left.length > 0) failures.push(`${left.length} things were left behind`)
}

function row(title: string, some: readonly Judged[]): void {
  if (some.length === 0) return
  const count = (outcome: Judged['outcome']) =>
    String(some.filter(each => each.outcome === outcome).length).padStart(10)
  say(
    `${title.padEnd(14)}${String(some.length).padStart(10)}${count('right')}${count('wrong')}${count('survived')}${count('undecided')}`,
  )
}

function tellEquivalents(equivalents: readonly Equivalent[]): void {
  say(`\n${equivalents.length} changes make no difference, and are not run:`)
  for (const [rule, why] of Object.entries(equivalenceRules)) {
    const count = equivalents.filter(each => each.rule === rule).length
    if (count > 0) say(`  ${String(count).padStart(4)}  ${rule}: ${why}`)
  }
}

function tellOne({ mutant, told, again }: Judged): void {
  const { lines, verdict, drift } = mutant.expected
  say(`  ${mutant.id}  ${mutant.change}`)
  say(`    expected: ${verdict}, at least ${drift}, line ${lines.map(each => each.join('–')).join(' or ')}`)
  if (told)
    say(`    told:     ${told.verdict}, ${told.drift}, line ${told.line}, ${told.rule}: ${told.message.split('\n')[0]}`)
  say(`    ${again}`)
}

function share(some: readonly Judged[]): number {
  const decided = some.filter(({ outcome }) => outcome !== 'undecided')
  return decided.length === 0 ? 1 : decided.filter(({ outcome }) => outcome === 'right').length / decided.length
}

function limit(what: string, value: number, atLeast: number): void {
  const told = `${what}: ${(value * 100).toFixed(1)} %`
  say(`${told}  ${value >= atLeast ? 'within' : 'BELOW'} ${atLeast * 100} %${value >= atLeast ? '' : '  <<<'}`)
  if (value < atLeast) failures.push(told)
}

function list(): void {
  for (const original of originals) {
    const { mutants: some, equivalents } = generateMutants(original, '2026')
    for (const each of some) say(`${each.id}  ${each.change}  ${tellExpected(each)}`)
    for (const each of equivalents) say(`${each.id}  ${each.change}  equivalent: ${each.rule}`)
  }
  if (!existsSync(runbooks)) say('There are no articles.')
}

function tellExpected({ expected: { lines, drift } }: Mutant): string {
  return `→ ${drift}, line ${lines.map(each => each.join('–')).join(' or ')}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
