import type { Clause } from '../clauses.ts'
import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { supplied } from '../supplied.ts'
import { textOf } from '../tokens.ts'
import { isFileName } from './select.ts'
import { isSearch, valueOf } from './set.ts'

/** Looking for something with a search box. */
export const search: Phrase = {
  examples: {
    'In the search box at the top of the portal, enter ***backup***.': [{ do: 'search', value: 'backup' }],
    'Search for and select **Virtual machines**.': [
      { do: 'search', value: 'Virtual machines' },
      { do: 'select', target: 'Virtual machines', where: ['search results'] },
    ],
    "If you don't see **Disks** here, use the search box to find it.": [
      { do: 'search', target: 'search box', value: 'Disks', when: "you don't see Disks here" },
    ],
    'Search and navigate to the disk or image that you want to use.': [
      { do: 'search', value: '?the disk or image that you want to use' },
      { do: 'select', target: 'the disk or image that you want to use', where: ['search results'] },
    ],
    'Search for *disks*.': [{ do: 'search', value: 'disks' }],
  },
  verbs: verbs('use, search for, search, enter, type, look for, type in, find, locate, browse for, paste'),
  read(clause) {
    if (clause.verb === 'use') return readUse(clause)
    if (
      clause.verb === 'search' &&
      clause.also === undefined &&
      ['through', 'in', 'within', 'the'].includes(clause.objects[0]?.lower ?? '')
    )
      return readThrough(clause)
    const objects = readObjects(clause.objects)
    const searching = clause.verb === 'search for' || clause.verb === 'search'
    if (!searching && !isSearch(clause, objects)) {
      if (clause.also !== 'select' && clause.also !== 'click') return undefined
      if (!['find', 'locate', 'look for', 'browse for'].includes(clause.verb)) return undefined
      return objects.things.map(({ text }): Draft => ({ do: isFileName(text) ? 'upload' : 'select', target: text }))
    }
    const [thing] = objects.things
    if (!thing) return undefined
    const several = objects.things.length > 1 && objects.things.every(({ kind }) => kind === 'phrase')
    const text = several ? textOf(clause.objects) : thing.text.replace(/ as (?:the|an?) \w+$/i, '')
    const drafts: Draft[] = [{ do: 'search', value: valueOf({ ...thing, text }) }]
    if (clause.also !== undefined && follows.has(clause.also))
      drafts.push({ do: 'select', target: text, where: ['search results'] })
    return drafts
  },
}

// > | Search through the list to find the **Audit** policy.
//                                       ^
function readThrough({ objects }: Clause): Draft[] | undefined {
  const label = objects.find(({ kind }) => kind === 'label' || kind === 'literal')
  return label ? [{ do: 'search', value: label.text }] : undefined
}

// > | If you don't see the group, use the search box.
//                                     ^
function readUse({ objects, when }: Clause): Draft[] | undefined {
  const box = /^(?:the )?(search (?:box|bar|field))\b(?: to (?:find|search for|locate) (.+))?/i.exec(textOf(objects))
  if (!box) return undefined
  const missing = /^you (?:don't|do not|can't) (?:see|find) (.+?)(?: (?:here|listed|in .*))?$/i.exec(when ?? '')?.[1]
  const named = box[2] === undefined || /^(?:it|one|them)$/i.test(box[2])
  if (named && missing !== undefined && /^[A-Z]/.test(missing))
    return [{ do: 'search', target: boxName(box[1] ?? ''), value: missing }]
  const wanted = named ? missing : box[2]
  return wanted === undefined ? undefined : [{ do: 'search', target: boxName(box[1] ?? ''), value: supplied(wanted) }]
}

function boxName(name: string): string {
  return /^Search /.test(name) ? 'Search' : name
}

const follows = new Set([
  'navigate to',
  'go to',
  'select',
  'click',
  'choose',
  'open',
  'locate',
  'click on',
  'pick',
  'find',
])
