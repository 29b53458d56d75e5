import type { RunResult } from '../result/result.ts'

/**
 * The results of shards, or of runs of other articles, as one result. An article that several hold counts once: the latest. A
 * rehearsal among them makes the whole a rehearsal, for what it says of Azure is not known to be more.
 * Throws when there is nothing to merge, or when the clouds differ.
 */
export function mergeRuns(runs: RunResult[]): RunResult {
  const sorted = runs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  const [first] = sorted
  if (!first) throw new Error('There is no result to merge. Name at least one output folder that holds a result.json.')
  const clouds = [...new Set(runs.map(run => run.cloud.name))]
  if (clouds.length > 1)
    throw new Error(`The results are of different clouds (${clouds.join(', ')}). Report each cloud by itself.`)
  const articles = new Map(sorted.flatMap(run => run.articles.map(article => [article.id, article] as const)))
  const ends = sorted.flatMap(run => run.finishedAt ?? []).sort()
  const finishedAt = ends.at(-1)
  const { finishedAt: _, exitCode: __, repository, ...rest } = first
  const ofOneCommit = sorted.every(
    run => run.commit === first.commit && run.repository?.address === repository?.address,
  )
  const exitCode = worstExit(sorted.flatMap(run => run.exitCode ?? []))
  return {
    ...rest,
    state: sorted.every(run => run.state === 'finished') ? 'finished' : 'running',
    ...(finishedAt === undefined ? {} : { finishedAt }),
    cloud: { ...first.cloud, rehearsal: sorted.some(run => run.cloud.rehearsal) },
    // Lines are those of a commit: articles of another one are read on their pages.
    ...(repository && ofOneCommit
      ? { repository: { ...repository, changed: sorted.flatMap(run => run.repository?.changed ?? []) } }
      : {}),
    articles: [...articles.values()],
    cleanup: sorted.flatMap(run => run.cleanup),
    ...(sorted.some(run => run.comparisons) ? { comparisons: latestComparisons(sorted) } : {}),
    problems: sorted.flatMap(run => run.problems),
    interrupted: sorted.some(run => run.interrupted),
    ...(exitCode === undefined ? {} : { exitCode }),
    sources: Object.assign({}, ...sorted.map(run => run.sources)) as RunResult['sources'],
    ...(sorted.some(run => run.images)
      ? { images: Object.assign({}, ...sorted.map(run => run.images ?? {})) as Record<string, string> }
      : {}),
  }
}

/** An article's resource that several runs compared counts once: as the latest found it. */
function latestComparisons(sorted: readonly RunResult[]): NonNullable<RunResult['comparisons']> {
  const latest = new Map(
    sorted
      .flatMap(run => run.comparisons ?? [])
      .map(each => [[...each.articles, each.type, each.name].join('\n'), each] as const),
  )
  return [...latest.values()]
}

/** Where several exit codes apply, the first of these counts. */
const exitOrder = [130, 4, 2, 1, 3, 0]

function worstExit(codes: number[]): number | undefined {
  return exitOrder.find(code => codes.includes(code)) ?? codes[0]
}
