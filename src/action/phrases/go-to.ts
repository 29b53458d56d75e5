import type { Clause } from '../clauses.ts'
import { readObjects, type Objects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { isPortal } from '../places.ts'
import { textOf } from '../tokens.ts'
import { valueOf } from './set.ts'
import { isFileName } from './select.ts'
import { namesOf } from '../where.ts'

/** Being on a page, a resource or a site. A control in bold to go to is a selection. */
export const goTo: Phrase = {
  examples: {
    'Go to your storage account.': [{ do: 'goTo', target: 'your storage account' }],
    'In the portal, navigate to your container registry.': [{ do: 'goTo', target: 'your container registry' }],
    'Go to **Logs**.': [{ do: 'select', target: 'Logs' }],
    'Navigate back to the **Alerts** page.': [{ do: 'goTo', target: 'Alerts' }],
    'Open the **Overview** page for the machine.': [{ do: 'goTo', target: 'the Overview page for the machine' }],
    'Move on to the next task.': [],
    'Browse to a file of your choice.': [{ do: 'upload', target: 'a file of your choice' }],
    'Browse back to the file you uploaded.': [{ do: 'goTo', target: 'the file you uploaded' }],
    'Go to the Azure portal.': [{ do: 'goTo', target: 'Azure portal' }],
  },
  verbs: verbs(
    'go to, go into, go back to, go back, navigate to, navigate back to, navigate, browse to, browse back to, open, return to, switch to, switch back to, switch, move to, proceed to, move on to, continue on to, visit, access, launch, reopen, locate, find',
  ),
  read(clause) {
    if (clause.also !== undefined) return undefined
    if (
      /^(?:proceed|continue|move|go|navigate|return)/.test(clause.verb) &&
      /^(?:(?:on )?to )?(?:the )?(?:next|following|previous) (?:task|step|section|exercise|lab|module|procedure|tutorial|article|unit)s?\b/i.test(
        textOf(clause.objects),
      )
    )
      return []
    const objects = readObjects(clause.objects)
    const [thing] = objects.things
    if (!thing) return undefined
    if (clause.verb === 'find' || clause.verb === 'locate') return readFind(clause, objects)
    const where = namesOf(objects.places)
    if (clause.verb === 'switch' && objects.to)
      return [{ do: 'set', target: thing.text.replace(/^the /i, ''), value: valueOf(objects.to), where }]
    const around = objects.when ? { when: objects.when } : {}
    if (thing.kind === 'phrase' || thing.kind === 'link' || thing.kind === 'literal') {
      if (clause.verb === 'browse to' && /\bfile\b(?! shares?)/i.test(thing.text) && !/uploaded/i.test(thing.text))
        return [{ do: 'upload', target: thing.text, where, ...around }]
      if (isOutside(thing.text)) return [{ do: 'manual', target: textOf(clause.tokens) }]
      if (clause.objects[0]?.lower === 'on') return [{ do: 'manual', target: textOf(clause.tokens) }]
      if (thing.kind === 'literal' && thing.noun !== '') return [{ do: 'goTo', target: thing.text, where, ...around }]
      const target = isPortal(thing.text) ? thing.text.replace(/^the /i, '') : thing.text
      return [{ do: 'goTo', target, where, ...around }]
    }
    if (isGoing(clause.verb, thing.noun)) return [{ do: 'goTo', target: targetOf(clause, objects), ...around }]
    return objects.things.map(({ text, or }): Draft => ({
      do: 'select',
      target: text,
      where,
      ...(or ? { or } : {}),
      ...around,
    }))
  },
}

/** Files and programs on the reader's own machine. */
function isOutside(text: string): boolean {
  if (/\bfile (?:that )?(?:you|was) \w*uploaded\b|\buploaded file\b/i.test(text)) return false
  return /\b(?:files?(?! shares?)|excel|terminal|command (?:prompt|line|window)|powershell|browser|editor|notepad|visual studio(?: code)?|vs code|prompt|session|folder|local machine)\b/i.test(
    text,
  )
}

/** Verbs that bring the reader to a page, and nouns of what one is brought to rather than what one selects. */
function isGoing(verb: string, noun: string): boolean {
  if (/^(?:return|go back|navigate back|switch back|visit)/.test(verb)) return true
  if (verb === 'switch to' && !/tab|blade|view|pane/.test(noun)) return true
  if (/^(?:navigate|open|browse|switch to)/.test(verb))
    return /page|resource|vault|account|group|portal|service|workspace/.test(noun)
  return /\b(?:resource|page)\b/.test(noun)
}

function targetOf({ verb, objects }: Clause, { things, rest }: Objects): string {
  const [thing] = things
  if (verb === 'open') return textOf(objects).replace(/ (?:in|from) the (?:azure )?portal$/i, '')
  return rest.length > 0 || !thing ? textOf(objects) : `${thing.text}`
}

// > | Find the quota you want to increase, ...
//     ^ the reader's work, unless a control is named
function readFind(clause: Clause, { things }: Objects): Draft[] {
  const labels = things.filter(({ kind }) => kind === 'label')
  if (things.some(({ text }) => isFileName(text))) return [{ do: 'manual', target: textOf(clause.tokens) }]
  if (clause.verb === 'locate' && things[0]?.kind === 'phrase')
    return [{ do: 'review', target: textOf(clause.objects) }]
  if (labels.length > 0) return labels.map(({ text }) => ({ do: 'select', target: text }))
  return [{ do: 'manual', target: textOf(clause.tokens) }]
}
