import type { ArticleResult, RunResult, Status, Verdict } from '../result/result.ts'

/** One article's result as the history keeps it: a line of the store. */
export interface HistoryEntry {
  run: string
  /** When the article began, ISO 8601. */
  at: string
  cloud: string
  commit?: string
  /** The article's id: unique in a run. */
  article: string
  path: string
  title: string
  /** SHA-256 of the article's text. */
  hash: string
  owner?: string
  service?: string
  status: ArticleResult['status']
  verdict?: Verdict
  /** Milliseconds. */
  duration: number
  /** Number of steps of each status; what is missing is 0. */
  steps: Partial<Record<Status, number>>
}

/** What is known of an article over time. */
export interface Trend {
  /** The latest results, oldest first. */
  strip: Pick<HistoryEntry, 'run' | 'at' | 'status' | 'verdict' | 'duration' | 'steps'>[]
  /** The last time that every step that was to be carried out passed. */
  verified?: Pick<HistoryEntry, 'run' | 'at' | 'cloud'>
  /** The first of the failures that have not ended, with the commit that the articles were read at. */
  failingSince?: Pick<HistoryEntry, 'run' | 'at' | 'commit'>
  /** Passed and failed by turns although its text stayed the same. */
  flaky: boolean
  /** The result before the latest. */
  previous?: Pick<HistoryEntry, 'run' | 'at' | 'status' | 'verdict'>
}

/** One run as a whole. */
export interface Night {
  run: string
  at: string
  /** Milliseconds of all articles together. */
  duration: number
  counts: Partial<Record<ArticleResult['status'] | 'environment', number>>
}

export interface Trends {
  articles: Record<string, Trend>
  /** Oldest first. */
  nights: Night[]
}

/** A run as lines of the history. A rehearsal leaves none (it proves nothing about Azure), nor does a run that has not ended. */
export function entriesOf(run: RunResult): HistoryEntry[] {
  if (run.cloud.rehearsal || run.state !== 'finished') return []
  return run.articles.map(article => ({
    run: run.run,
    at: article.startedAt ?? run.startedAt,
    cloud: run.cloud.name,
    ...(run.commit === undefined ? {} : { commit: run.commit }),
    article: article.id,
    path: article.path,
    title: article.title,
    hash: article.hash,
    ...(article.owner === undefined ? {} : { owner: article.owner }),
    ...(article.service === undefined ? {} : { service: article.service }),
    status: article.status,
    ...(article.verdict === undefined ? {} : { verdict: article.verdict }),
    duration: article.duration,
    steps: countSteps(article),
  }))
}

/** Looks back over the history: what each article did lately (the latest `length` results) and each night as a whole. */
export function trends(entries: Iterable<HistoryEntry>, { length = 30 }: { length?: number } = {}): Trends {
  const articles = new Map<string, HistoryEntry[]>()
  const nights = new Map<string, Night>()
  for (const entry of entries) {
    const known = articles.get(entry.article)
    if (known) known.push(entry)
    else articles.set(entry.article, [entry])
    addToNight(nights, entry)
  }
  const byTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)
  return {
    articles: Object.fromEntries([...articles].map(([id, own]) => [id, trendOf(own.sort(byTime), length)])),
    nights: [...nights.values()].sort(byTime).slice(-length),
  }
}

/** Whether a result speaks for the whole article: everything that was to be carried out was, and passed. */
export function isVerified({ status, steps }: Pick<HistoryEntry, 'status' | 'steps'>): boolean {
  return status === 'passed' && (steps.passed ?? 0) > 0 && !steps.assumed && !steps['not-run']
}

function trendOf(entries: HistoryEntry[], length: number): Trend {
  const judged = entries.filter(isJudged)
  const verified = entries.findLast(isVerified)
  const lastGood = judged.findLastIndex(entry => entry.status !== 'failed' && entry.status !== 'refused')
  const since = judged[lastGood + 1]
  const previous = entries.at(-2)
  return {
    strip: entries.slice(-length).map(({ run, at, status, verdict, duration, steps }) => ({
      run,
      at,
      status,
      ...(verdict ? { verdict } : {}),
      duration,
      steps,
    })),
    ...(verified ? { verified: { run: verified.run, at: verified.at, cloud: verified.cloud } } : {}),
    ...(since
      ? { failingSince: { run: since.run, at: since.at, ...(since.commit ? { commit: since.commit } : {}) } }
      : {}),
    ...(previous
      ? {
          previous: {
            run: previous.run,
            at: previous.at,
            status: previous.status,
            ...(previous.verdict ? { verdict: previous.verdict } : {}),
          },
        }
      : {}),
    flaky: isFlaky(judged.slice(-20)),
  }
}

/** What failed because of its surroundings says nothing about the article. */
function isJudged({ status, verdict }: HistoryEntry): boolean {
  if (status === 'skipped' || status === 'not-run') return false
  return status !== 'failed' || (verdict !== 'environment' && verdict !== 'driver')
}

function isFlaky(judged: HistoryEntry[]): boolean {
  const turns = judged.filter((entry, index) => {
    const before = judged[index - 1]
    return before && before.hash === entry.hash && (before.status === 'failed') !== (entry.status === 'failed')
  })
  return turns.length >= 3
}

function addToNight(nights: Map<string, Night>, entry: HistoryEntry): void {
  const night = nights.get(entry.run) ?? { run: entry.run, at: entry.at, duration: 0, counts: {} }
  const surroundings = entry.status === 'failed' && (entry.verdict === 'environment' || entry.verdict === 'driver')
  const kind = surroundings ? 'environment' : entry.status
  night.at = entry.at < night.at ? entry.at : night.at
  night.duration += entry.duration
  night.counts[kind] = (night.counts[kind] ?? 0) + 1
  nights.set(entry.run, night)
}

function countSteps(article: ArticleResult): HistoryEntry['steps'] {
  const counts: HistoryEntry['steps'] = {}
  for (const { status } of article.steps) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
