import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArticleResult } from '../../../src/result/result.ts'
import type { Era } from '../../../src/sandbox/portal/traits.ts'
import { inLanes, runInSandbox } from '../runs/run-in-sandbox.ts'
import { judge, type Outcome, type Told } from './judge.ts'
import type { Mutant } from './mutant.ts'
import type { Original } from './original.ts'

/** A mutant after its run. */
export interface Judged {
  mutant: Mutant
  outcome: Outcome
  told: Told | undefined
  /** A command line that does it again. */
  again: string
}

/** What a batch of runs came to. */
export interface BatchEnd {
  judged: Judged[]
  /** Ids of what is still there. */
  left: string[]
  /** Exit code 4, or nothing left of a result: what the program said. */
  trouble: string | undefined
}

export interface MutantRuns {
  /** The folder that holds the articles, with what they include and need. */
  runbooks: string
  /** Where mutants and results go. */
  folder: string
  era: (article: string) => Era
  original: (article: string) => Original
  lanes: number
}

/** In one run, so that machines that are cleaned up at its end stay within a subscription's quota. */
const batchSize = 8

/** Writes mutants down beside copies of the articles, and runs them in batches, each in an empty sandbox. */
export async function runMutants(
  mutants: readonly Mutant[],
  surroundings: MutantRuns,
  onBatch: (end: BatchEnd) => void,
): Promise<void> {
  const { runbooks, folder, lanes } = surroundings
  rmSync(folder, { recursive: true, force: true })
  cpSync(runbooks, join(folder, 'articles'), { recursive: true })
  mkdirSync(join(folder, 'runs'), { recursive: true })
  for (const mutant of mutants) writeMutant(mutant, surroundings)
  await inLanes(batchesOf(mutants, surroundings), lanes, async batch => onBatch(await runBatch(batch, surroundings)))
}

/** The file of a mutant, in the folder of articles. */
export function fileOf({ id }: Mutant): string {
  return `${id.replace(/[^a-z0-9]+/gi, '-')}.md`
}

async function runBatch(batch: readonly Mutant[], surroundings: MutantRuns): Promise<BatchEnd> {
  const { folder, era } = surroundings
  const [first] = batch
  if (!first) return { judged: [], left: [], trouble: undefined }
  const output = join(folder, 'runs', fileOf(first).replace(/\.md$/, ''))
  const { result, left, said, code } = await runInSandbox({
    folder: join(folder, 'articles'),
    articles: batch.map(fileOf),
    output,
    arguments: ['--surface', first.surface, '--workers', '1', '--trace', 'off', '--reporter', 'terminal'],
    sandbox: {
      portalEra: era(first.article),
      portalPace: 'instant',
      ...(first.drift ? { portalDrifts: [first.drift] } : {}),
    },
    limit: batch.length * 240_000,
  })
  const judged = batch.map(mutant => judgedOf(mutant, resultOf(mutant, result?.articles), surroundings))
  if (judged.every(({ outcome }) => outcome === 'right') && left.length === 0)
    rmSync(output, { recursive: true, force: true })
  return { judged, left, trouble: !result || code === 4 || code === 130 ? `exit code ${code}\n${said}` : undefined }
}

function judgedOf(mutant: Mutant, result: ArticleResult | undefined, { folder, era }: MutantRuns): Judged {
  const drift = mutant.drift ? ` --portal-drift ${mutant.drift}` : ''
  return {
    mutant,
    ...judge(mutant, result),
    again: `node dist/verbatim.js run ${join(folder, 'articles', fileOf(mutant))} --surface ${mutant.surface} --portal-era ${era(mutant.article)} --portal-pace instant${drift}`,
  }
}

function resultOf(mutant: Mutant, articles: readonly ArticleResult[] = []): ArticleResult | undefined {
  return articles.find(({ path }) => path === fileOf(mutant))
}

/** Runs of one sandbox and one surface, of one article each where that fills a batch. */
function batchesOf(mutants: readonly Mutant[], { era }: MutantRuns): Mutant[][] {
  const groups = new Map<string, Mutant[]>()
  for (const mutant of mutants) {
    const key = [mutant.surface, era(mutant.article), mutant.drift].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), mutant])
  }
  const batches = [...groups.values()].flatMap(group =>
    Array.from({ length: Math.ceil(group.length / batchSize) }, (_, at) =>
      group.slice(at * batchSize, (at + 1) * batchSize),
    ),
  )
  // Long ones first: the lanes end together.
  return batches.sort((a, b) => b.length - a.length)
}

/** Its runbook goes along, with limits for a portal that does not make anybody wait. */
function writeMutant(mutant: Mutant, { folder, original }: MutantRuns): void {
  const path = join(folder, 'articles', fileOf(mutant))
  writeFileSync(path, mutant.text)
  writeFileSync(path.replace(/\.md$/, '.runbook.yaml'), JSON.stringify(runbookFor(original(mutant.article))))
}

/** What is not there is not there after some seconds either: the sandbox is quick. */
export function runbookFor({ runbook: { article: _, ...runbook } }: Original): object {
  return { ...runbook, limits: { action: 5, step: 45, article: 240 } }
}
