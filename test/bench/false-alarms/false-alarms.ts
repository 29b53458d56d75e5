import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SurfaceName } from '../../../src/plan/plan.ts'
import type { ArticleResult } from '../../../src/result/result.ts'
import type { Era } from '../../../src/sandbox/portal/traits.ts'
import { firstTold, type Told } from '../mutation/judge.ts'
import { inLanes, project, runInSandbox, type Ran } from '../runs/run-in-sandbox.ts'
import { troubleKinds, troubleOf, type Trouble } from './faults-of-seed.ts'

/** An article that is true, and where. */
export interface TrueArticle {
  name: string
  era: Era
  surfaces: readonly SurfaceName[]
}

export interface AlarmRuns {
  runbooks: string
  folder: string
  articles: readonly TrueArticle[]
  runs: number
  firstSeed: number
  lanes: number
  say: (line: string) => void
}

interface Run {
  seed: number
  article: TrueArticle
  surface: SurfaceName
  trouble: Trouble | undefined
}

interface Ended extends Run {
  /** `passed`; `named`: the surroundings are blamed, by what was wrong with them; `alarm`: anything else. */
  outcome: 'passed' | 'named' | 'alarm'
  told: Told | undefined
  left: string[]
  again: string
}

/**
 * Runs correct articles in portals that make people wait and interrupt them (`delays`), or in clouds in which something
 * goes wrong (`faults`): with delays all must pass, with faults those that don't must blame the surroundings and name
 * the fault. Nothing may be left behind.
 *
 * @returns what was not so, in words.
 */
export async function runFalseAlarms(kind: 'delays' | 'faults', runs: AlarmRuns): Promise<string[]> {
  const { runbooks, folder, lanes, say } = runs
  rmSync(folder, { recursive: true, force: true })
  cpSync(runbooks, join(folder, 'articles'), { recursive: true })
  const ended: Ended[] = []
  const planned = planRuns(kind, runs)
  say(
    `\n${planned.length} runs of correct articles, ${kind === 'delays' ? 'with delays and interruptions' : 'with injected faults'}`,
  )
  await inLanes(planned, lanes, async run => {
    const end = await runOne(run, runs)
    ended.push(end)
    if (end.outcome !== 'passed' || end.left.length > 0) tellOne(end, say)
    if (ended.length % 10 === 0) say(`  ${ended.length}/${planned.length}`)
  })
  return tellAll(kind, ended, say)
}

function planRuns(kind: 'delays' | 'faults', { articles, runs, firstSeed }: AlarmRuns): Run[] {
  return Array.from({ length: articles.length === 0 ? 0 : runs }, (_, at): Run[] => {
    const seed = firstSeed + at
    const article = articles[at % articles.length]
    if (!article) return []
    const trouble = kind === 'faults' ? troubleOf(seed) : undefined
    // The kinds of trouble take turns within the seeds: surfaces change after each round of them.
    const onArm = trouble && article.surfaces.includes('arm') && Math.floor(at / troubleKinds.length) % 2 === 1
    return [{ seed, article, surface: onArm ? 'arm' : 'portal', trouble }]
  }).flat()
}

async function runOne(run: Run, { folder }: AlarmRuns): Promise<Ended> {
  const { seed, article, surface, trouble } = run
  const output = join(folder, `seed-${seed}`)
  const faults = join(folder, `seed-${seed}.faults.yaml`)
  if (trouble) writeFileSync(faults, JSON.stringify(trouble.faults, null, 2))
  const pace = trouble ? 'instant' : 'brisk'
  const ran = await runInSandbox({
    folder: join(folder, 'articles'),
    articles: [article.name],
    output,
    arguments: ['--surface', surface, '--workers', '1', '--trace', 'off', '--reporter', 'terminal'],
    sandbox: { portalEra: article.era, portalPace: pace, portalSeed: seed, seed, faults: trouble?.faults },
    limit: 900_000,
  })
  const judged = judgeRun(ran, trouble)
  if (judged.outcome === 'passed' && ran.left.length === 0) rmSync(output, { recursive: true, force: true })
  const more = trouble ? ` --faults ${relative(project, faults)}` : ''
  const again = `node dist/verbatim.js run ${relative(project, join(folder, 'articles', article.name))} --surface ${surface} --portal-era ${article.era} --portal-pace ${pace} --portal-seed ${seed} --seed ${seed}${more}`
  return { ...run, ...judged, left: ran.left, again }
}

function judgeRun({ result, code }: Ran, trouble: Trouble | undefined): Pick<Ended, 'outcome' | 'told'> {
  const [article] = result?.articles ?? []
  const [problem] = result?.problems ?? []
  const told = problem
    ? { line: 0, verdict: 'environment' as const, drift: undefined, rule: problem.rule, message: problem.message }
    : firstTold(article)
  if (!told && code === 0) return { outcome: 'passed', told }
  const named = trouble?.named.test([told?.message, detailsOf(article), problem?.detail].join('\n')) ?? false
  return { outcome: told?.verdict === 'environment' && named ? 'named' : 'alarm', told }
}

/** What a reader is told beside the message of a failure. */
function detailsOf(article: ArticleResult | undefined): string {
  const errors = article?.steps.flatMap(({ error }) => (error ? [error] : [])) ?? []
  return errors.map(({ message, found = [], detail = '' }) => [message, ...found, detail].join('\n')).join('\n')
}

function tellOne({ seed, article, surface, trouble, outcome, told, left, again }: Ended, say: AlarmRuns['say']): void {
  const what = trouble ? `${trouble.kind}: ` : ''
  say(
    `  ${outcome === 'alarm' ? 'ALARM  ' : outcome}  seed ${seed}, ${article.name} on ${surface}: ${what}${told ? `${told.verdict}, line ${told.line}, ${told.rule}: ${told.message.split('\n')[0]}` : 'passed'}`,
  )
  if (left.length > 0) say(`    LEFT BEHIND: ${left.join(' ')}`)
  if (outcome === 'alarm' || left.length > 0) say(`    ${again}`)
}

function tellAll(kind: 'delays' | 'faults', ended: readonly Ended[], say: AlarmRuns['say']): string[] {
  const count = (outcome: Ended['outcome'], some = ended) => some.filter(each => each.outcome === outcome).length
  say(`  ${''.padEnd(36)}${['runs', 'passed', 'named', 'alarms'].map(title => title.padStart(8)).join('')}`)
  const row = (title: string, some: readonly Ended[]) => {
    const numbers = [some.length, count('passed', some), count('named', some), count('alarm', some)]
    if (some.length > 0) say(`  ${title.padEnd(36)}${numbers.map(each => String(each).padStart(8)).join('')}`)
  }
  if (kind === 'faults')
    for (const each of troubleKinds)
      row(
        each,
        ended.filter(({ trouble }) => trouble?.kind === each),
      )
  row(kind, ended)
  const left = ended.flatMap(each => each.left)
  say(`  Left behind: ${left.length === 0 ? 'nothing' : left.join(' ')}`)
  return [
    ...(count('alarm') > 0 ? [`${count('alarm')} false alarms in ${ended.length} runs with ${kind}`] : []),
    ...(left.length > 0 ? [`${left.length} things were left behind in runs with ${kind}`] : []),
  ]
}
