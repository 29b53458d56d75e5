import type { Clause } from '../clauses.ts'
import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'
import { isFileName } from './select.ts'
import { namesOf } from '../where.ts'

/** Files that go up or come down. */
export const load: Phrase = {
  examples: {
    'Download the script.': [{ do: 'download', target: 'the script' }],
    'Upload the template file.': [{ do: 'upload', target: 'the template file' }],
    'Save the file locally.': [{ do: 'download', target: 'the file' }],
  },
  verbs: verbs('upload, download, load, save, import, browse for'),
  read(clause) {
    if (clause.also !== undefined && !(clause.verb === 'load' && clause.also === 'select')) return undefined
    const { things, places, rest } = readObjects(clause.objects)
    if (things.length === 0) return undefined
    const where = namesOf(places)
    if (clause.verb === 'save') {
      if (things.some(({ text }) => secret.test(text))) return undefined
      const file = things.filter(({ text }) => /\b(?:file|script|report|zip|csv|certificate)\b/i.test(text))
      if (file.length > 0)
        return file.map(({ text }): Draft => ({
          do: 'download',
          target: text.replace(/ (?:locally|to your .*)$/, ''),
          where,
        }))
      if (things.every(({ kind }) => kind === 'label')) return undefined
      return [{ do: 'manual', target: `Save ${things.map(({ text }) => text).join(' and ')}` }]
    }
    if (clause.verb === 'import' && rest.length > 0) return undefined
    const kind = clause.verb === 'download' ? 'download' : 'upload'
    return things.map(({ text, noun }): Draft => ({
      do: kind,
      target: isFileName(text) ? text : fullName(text, noun, clause),
      where,
    }))
  },
}

const secret = /\b(?:keys?|values?|secret|password|token|id|string|credentials?)\b/i

// > | Download the **Lab** lab files
//                           ^ belongs to the name
function fullName(text: string, noun: string, { objects }: Clause): string {
  const label = objects.findIndex(token => token.text === text)
  let end = label + 1
  while (
    objects[end]?.kind === 'word' &&
    end - label < 4 &&
    !/^(?:to|from|in|on|for|and|at|by|with|locally|as|into)$/.test(objects[end]?.lower ?? '')
  )
    end++
  return label < 0 ? `${text} ${noun}`.trim() : textOf(objects.slice(label, end))
}
