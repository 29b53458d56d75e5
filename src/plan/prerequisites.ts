import type { Article } from '../article/article.ts'
import { foldLabel } from './label.ts'
import type { Runbook } from './runbook.ts'

/** A sentence of an article's Prerequisites section, and what the runbook says makes it true. */
export interface Prerequisite {
  sentence: string
  /** Undefined where nobody has declared a way. */
  way?: string
}

/** The items of a Prerequisites section with the way in which each is declared to be true, and what the runbook declares for no item. */
export function readPrerequisites(
  { sections }: Article,
  text: string,
  { prerequisites = {}, setup = [], needs }: Runbook,
): { found: Prerequisite[]; unmatched: string[]; unknownSetUp: string[] } {
  const items = itemsOf(prerequisitesSection({ sections }, text) ?? '')
  const keys = Object.keys(prerequisites)
  const found = items.map(({ sentence, linked }): Prerequisite => {
    const key = keys.find(each => isAbout(each, sentence))
    const declared = key === undefined ? undefined : prerequisites[key]
    if (declared === undefined)
      return linked && needs === 'linked' ? { sentence, way: 'the linked article' } : { sentence }
    if (typeof declared === 'string') return { sentence, way: `the article ${declared}` }
    return { sentence, way: 'setup' in declared ? `the set-up of '${declared.setup}'` : declared.because }
  })
  return {
    found,
    unmatched: keys.filter(key => !items.some(({ sentence }) => isAbout(key, sentence))),
    unknownSetUp: Object.values(prerequisites).flatMap(each =>
      typeof each === 'object' && 'setup' in each && !setup.some(({ name }) => name === each.setup) ? [each.setup] : [],
    ),
  }
}

/** The text of the section that says what must be true before. */
export function prerequisitesSection({ sections }: Pick<Article, 'sections'>, text: string): string | undefined {
  const at = sections.findIndex(({ title }) => /^(?:prerequisites?|before you begin)$/i.test(title))
  const section = sections[at]
  if (!section) return undefined
  const end = sections.slice(at + 1).find(({ depth }) => depth <= section.depth)?.place.start.offset ?? text.length
  return text.slice(section.place.end.offset, end)
}

function itemsOf(section: string): { sentence: string; linked: boolean }[] {
  return section
    .split(/\n(?=\s*[-*+]\s)|\n\s*\n/)
    .map(item => ({
      sentence: item
        .replace(/^\s*[-*+]\s+/, '')
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[*_`]+/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
      linked: /\]\([^)\s#?]+\.md/.test(item),
    }))
    .filter(({ sentence }) => sentence !== '' && !/^(?::::|>|#)/.test(sentence))
}

function isAbout(key: string, sentence: string): boolean {
  const [wanted, said] = [foldLabel(key), foldLabel(sentence)]
  return wanted !== '' && (said === wanted || said.startsWith(wanted))
}
