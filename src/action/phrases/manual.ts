import type { Clause } from '../clauses.ts'
import { readObjects } from '../objects.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { textOf } from '../tokens.ts'
import { supplied } from '../supplied.ts'

/** Work that an article asks for without naming a control. */
export const manual: Phrase = {
  examples: {
    'Create a service group.': [{ do: 'manual', target: 'Create a service group' }],
    'Configure the remaining settings, and then select **Review + create**.': [
      { do: 'manual', target: 'Configure the remaining settings' },
      { do: 'select', target: 'Review + create' },
    ],
    'Create a new **Resource group** named `rg1`.': [{ do: 'set', target: 'Resource group', value: 'rg1' }],
  },
  verbs: verbs(
    'add, create, configure, modify, delete, remove, replace, set up, scroll down, scroll up, scroll, hover over, associate, right-click, drag, drag-and-drop, move, edit, decide, define, deploy, install, connect, refresh, continue to, continue, find, fill out, complete, rename, resize, restart, start, stop, register, unregister, assign, grant, approve, reject, stop, build, generate, publish, share, test, try, perform, prepare, customize, consider, determine, identify, analyze, compare, describe, explore, mount, attach, detach, ssh into, rdp into, adjust, apply, convert, duplicate, extract, schedule, monitor, submit, open, zoom in, zoom out, pin, unpin, sort, filter, map, invite, join, link, pull, push, reset, restore, resolve, resume, pause, return, revert, review, sync, unzip, write, work, activate, plan, repeat, sign out, log out, format, call, contact, discard, match, order, accept, respond, agree, save as, opt in, opt out, point to, step through, uninstall, upgrade, update, focus, give, get, locate, import, export, hide, display, show, allow, continue working, continue with, proceed with, continue on, make, put, place, ask, send, tell',
  ),
  read(clause) {
    const named = readNamed(clause)
    if (/^continue to$/.test(clause.verb) && /^(?:the )?next\b/i.test(textOf(clause.objects))) return []
    if (/^continue working|^continue with|^proceed with|^continue on$/.test(clause.verb)) return []
    if (named) return named
    if (handled(clause)) return undefined
    return [{ do: 'manual', target: capital(textOf(withoutTail(clause))) }]
  },
}

/** What another family reads when it holds what that family needs. */
function handled({ verb, objects }: Clause): boolean {
  const labelled = objects.some(({ kind }) => kind === 'label' || kind === 'literal')
  if (['review', 'open', 'find', 'locate', 'return', 'explore', 'repeat', 'import', 'accept', 'allow'].includes(verb)) {
    return verb !== 'accept' || objects.some(({ lower }) => /^defaults?$/.test(lower))
  }
  if (verb === 'activate' || verb === 'update') return labelled
  return false
}

// > | create a new **Resource group** named `rg1`
function readNamed({ verb, objects, row, or }: Clause): Draft[] | undefined {
  if (verb !== 'create' && verb !== 'add') return undefined
  const { things, to } = readObjects(objects)
  const [thing] = things
  if (row !== undefined && /^new$/i.test(textOf(objects))) return [{ do: 'select', target: 'create new', where: [row] }]
  if (row !== undefined && or && thing?.kind === 'phrase')
    return [{ do: 'set', target: row, value: supplied(thing.text) }]
  if (thing?.kind !== 'label' || to === undefined) return undefined
  return [{ do: 'set', target: thing.text, value: to.kind === 'phrase' ? supplied(to.text) : to.text }]
}

function withoutTail({ tokens }: Clause) {
  const at = tokens.findIndex(
    ({ text, lower }, index) =>
      index > 1 && (text === ':' || (lower === 'to' && tokens[index + 1]?.lower === 'ensure')),
  )
  return at < 0 ? tokens : tokens.slice(0, at)
}

function capital(text: string): string {
  return text
}
