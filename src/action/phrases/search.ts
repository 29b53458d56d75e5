import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { isSearch, valueOf } from './set.ts'

/** Looking for something with a search box. */
export const search: Phrase = {
  examples: {
    'In the search box at the top of the portal, enter ***backup***.': [{ do: 'search', value: 'backup' }],
    'Search for and select **Virtual machines**.': [
      { do: 'search', value: 'Virtual machines' },
      { do: 'select', target: 'Virtual machines', where: ['search results'] },
    ],
    'Search for *disks*.': [{ do: 'search', value: 'disks' }],
  },
  verbs: verbs('search for, search, enter, type, look for, type in, find, locate, browse for, paste'),
  read(clause) {
    const objects = readObjects(clause.objects)
    const searching = clause.verb === 'search for' || clause.verb === 'search'
    if (!searching && !isSearch(clause, objects)) {
      if (clause.also !== 'select' && clause.also !== 'click') return undefined
      if (!['find', 'locate', 'look for', 'browse for'].includes(clause.verb)) return undefined
      return objects.things.map(({ text }) => ({ do: 'select', target: text }))
    }
    const [thing] = objects.things
    if (!thing) return undefined
    const drafts: Draft[] = [{ do: 'search', value: valueOf(thing) }]
    if (clause.also !== undefined && follows.has(clause.also))
      drafts.push({ do: 'select', target: thing.text, where: ['search results'] })
    return drafts
  },
}

const follows = new Set(['select', 'click', 'choose', 'open', 'locate', 'click on', 'pick', 'find'])
