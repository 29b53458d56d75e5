import type { Clause } from '../clauses.ts'
import { isCellCommand, isCommand, isFieldLabel, isValueLabel } from '../nouns.ts'
import { readObjects, type Objects, type Thing } from '../objects.ts'
import { bareLabel } from '../places.ts'
import { verbs, type Draft, type Phrase } from '../phrase.ts'
import { isCommandLine } from './run.ts'
import { isInput, supplied } from '../supplied.ts'
import { textOf, type Token } from '../tokens.ts'
import { beginsPurpose } from '../verbs.ts'
import { namesOf } from '../where.ts'

/** Selecting buttons, links, tabs and rows, and options of a field. */
export const select: Phrase = {
  examples: {
    'Select **Review + create**.': [{ do: 'select', target: 'Review + create' }],
    'On the **Overview** page, select **+ Vault**.': [{ do: 'select', target: 'Vault', where: ['Overview'] }],
    'Select **File** > **Open**.': [
      { do: 'select', target: 'File' },
      { do: 'select', target: 'Open' },
    ],
    'For **Region**, select **West US**.': [{ do: 'set', target: 'Region', value: 'West US' }],
    'Select **Premium** for **Pricing plan**.': [{ do: 'set', target: 'Pricing plan', value: 'Premium' }],
    'In the **Type** list, select **Email**.': [{ do: 'set', target: 'Type', value: 'Email' }],
    'For **Backup policy**, select **Create a new policy**.': [
      { do: 'select', target: 'Create a new policy', where: ['Backup policy'] },
    ],
    'Select the **I agree** check box.': [{ do: 'check', target: 'I agree' }],
    'Select **A**, **B**, or **C**.': [
      { do: 'select', target: 'A' },
      { do: 'select', target: 'B', or: true },
      { do: 'select', target: 'C', or: true },
    ],
    'Select your virtual machine.': [{ do: 'select', target: 'your virtual machine' }],
    'Select the check box next to the disk.': [{ do: 'check', target: 'the disk' }],
    'Select an item from the list of disks.': [{ do: 'select', target: 'an item', where: ['list of disks'] }],
    'Select **Create**, from the drop-down menu, **Disk**.': [
      { do: 'select', target: 'Create' },
      { do: 'select', target: 'Disk', where: ['drop-down menu'] },
    ],
    'Select the arrow next to **Mode** and choose **Full**.': [
      { do: 'select', target: 'arrow', where: ['Mode'] },
      { do: 'select', target: 'Full' },
    ],
    'Choose a **Severity** level that reflects the impact.': [
      { do: 'set', target: 'Severity', value: '?a Severity level that reflects the impact' },
    ],
    'Under **Scope**, select the ellipsis.': [{ do: 'select', target: 'ellipsis', where: ['Scope'] }],
    'Select the **Scope** ellipsis (...).': [{ do: 'select', target: 'ellipsis', where: ['Scope'] }],
    'Select the trash can icon for the disk.': [{ do: 'select', target: 'trash can', where: ['the disk'] }],
    'Select **Delete** next to **disk1**.': [{ do: 'select', target: 'Delete', where: ['disk1'] }],
    'Next to **Address**, select **Update**.': [{ do: 'select', target: 'Update', where: ['Address'] }],
    'To the right of **disk1**, select **Detach**.': [{ do: 'select', target: 'Detach', where: ['disk1'] }],
    'Next, select **Review**.': [{ do: 'select', target: 'Review' }],
    'Select the link next to **Address**.': [{ do: 'select', target: 'Address' }],
    'Select in the drop-down **Disk**.': [{ do: 'select', target: 'Disk' }],
    'Select one of the options for a key: **Upload** or **Paste**.': [
      { do: 'select', target: 'Upload' },
      { do: 'select', target: 'Paste', or: true },
    ],
    'Choose a method: **Upload** or **Paste**.': [
      { do: 'select', target: 'Upload' },
      { do: 'select', target: 'Paste', or: true },
    ],
    'Select the ellipsis (...) to the far right.': [{ do: 'select', target: 'ellipsis' }],
    'Select the **Subscription** and **Region** where you want to keep the vault.': [
      { do: 'set', target: 'Subscription', value: '?the Subscription where you want to keep the vault' },
      { do: 'set', target: 'Region', value: '?Region where you want to keep the vault' },
    ],
    'Select the **Role** to assign to the operator.': [
      { do: 'set', target: 'Role', value: '?the Role to assign to the operator' },
    ],
    'Choose a **Region**.': [{ do: 'set', target: 'Region', value: '?a Region' }],
    'In the **New user** drop-down, select **Invite a guest**.': [
      { do: 'select', target: 'Invite a guest', where: ['New user'] },
    ],
    'Choose a region.': [{ do: 'set', value: '?a region' }],
  },
  verbs: verbs(
    'select, click, choose, press, pick, tap, click on, tap on, double-click, reselect, press on, click through, use',
  ),
  read(clause) {
    if (
      clause.verb === 'press' &&
      /^enter(?: key)?$/i.test(textOf(clause.objects).replace(/^the /i, '')) &&
      clause.after === 'search'
    )
      return []
    if (clause.verb === 'use' && !usesControl(clause.objects)) return undefined
    const objects = readObjects(choicesOf(withoutGoal(withoutList(clause.objects))), clause.row !== undefined)
    if (objects.things.length === 0) return undefined
    const field = fieldOf(clause, objects)
    return objects.things.map(thing => readThing(thing, { clause, objects, field }))
  },
}

// > | use the **Delete** menu item
//                       ^
function usesControl(tokens: Token[]): boolean {
  const label = tokens.findIndex(({ kind }) => kind === 'label')
  if (isCommandLine(tokens[label]?.text ?? '')) return false
  if (
    label === 0 &&
    !/^(?:ctrl|cmd|command|alt|shift)\b/i.test(tokens[0]?.text ?? '') &&
    (tokens.length === 1 || tokens[1]?.lower === 'to')
  )
    return true
  return (
    label >= 0 &&
    label <= 2 &&
    ['button', 'menu', 'link', 'icon', 'command', 'item'].includes(tokens[label + 1]?.lower ?? '')
  )
}

// > | select to allow access from **Selected networks**
//            ^
function withoutGoal(tokens: Token[]): Token[] {
  const label = tokens.findIndex(({ kind }) => kind === 'label')
  return tokens[0]?.lower === 'to' && label > 0 ? tokens.slice(label) : tokens
}

// > | select in the drop-down **Disk**
//            ^ what opened when the control before it was selected
function withoutList(tokens: Token[]): Token[] {
  const label = tokens.findIndex(({ kind }) => kind === 'label')
  const before = textOf(tokens.slice(0, Math.max(label, 0)))
  return /^(?:in|from) the drop-? ?down(?: menu| list)?,?$/i.test(before) ? tokens.slice(label) : tokens
}

// > | choose a method: **Upload** or **Paste**
//                      ^
function choicesOf(tokens: Token[]): Token[] {
  const colon = tokens.findIndex(({ text, kind }) => kind === 'mark' && text === ':')
  const choices = tokens.slice(colon + 1)
  const unnamed =
    colon > 0 && tokens.slice(0, colon).every(({ kind, text }) => kind === 'word' || text === '(' || text === ')')
  const offered = choices[0]?.kind === 'label' && choices.some(({ lower }) => lower === 'or')
  return unnamed && offered ? choices : tokens
}

interface Setting {
  clause: Clause
  objects: Objects
  field: string | undefined
}

function readThing(thing: Thing, { clause, objects, field }: Setting): Draft {
  const around = {
    ...(thing.or ? { or: true as const } : {}),
    ...(thing.chained ? { chained: true as const } : {}),
    ...(objects.when ? { when: objects.when } : {}),
  }
  const where = namesOf(objects.places)
  if (thing.kind !== 'phrase' && isFileName(thing.text)) return { do: 'upload', target: thing.text, where, ...around }
  const ticked = /check ?box/.test(thing.noun) || (/^box$/.test(thing.noun) && thing.text.split(' ').length > 2)
  if (ticked && thing.kind !== 'phrase') return { do: 'check', target: thing.text, where, ...around }
  const owner = field ?? clause.row
  const glyph = readGlyph(thing, clause.objects)
  if (glyph) {
    const named = glyph.owner ?? owner
    const within = named === undefined || namesOf(clause.places).includes(named) ? [] : [named]
    return { do: 'select', target: glyph.name, where: [...where, ...within], ...around }
  }
  const beside = besideBox(clause)
  if (thing.kind === 'phrase' && beside !== undefined) return { do: 'check', target: beside, where, ...around }
  if (/^(?:the |this )?check ?box$/i.test(thing.text)) return { do: 'check', target: 'checkbox', where, ...around }
  if (thing.kind === 'phrase' && owner !== undefined && /^(?:the |this )?check ?box\b/i.test(thing.text))
    return { do: 'check', target: owner, where, ...around }
  if (thing.kind === 'phrase' || thing.kind === 'link') {
    if (owner !== undefined) return { do: 'set', target: owner, value: supplied(thing.text), ...around }
    if (thing.kind === 'phrase' && isInput(thing.text))
      return { do: 'set', value: supplied(thing.text), where, ...around }
    return { do: 'select', target: controlName(thing.text), where, ...around }
  }
  if (/\byour preferred\b/.test(thing.before) || (/\byour\b/.test(thing.before) && isFieldLabel(thing.text)))
    return { do: 'set', target: thing.text, value: supplied(`${thing.before} ${thing.text}`), where, ...around }
  if (owner === undefined && asksFor(thing))
    return { do: 'set', target: thing.text, value: supplied(wholeOf(thing, clause.objects)), where, ...around }
  const chosen = owner === undefined ? chosenValue(thing, objects, clause.objects) : undefined
  if (chosen !== undefined) return { do: 'set', target: thing.text, value: chosen, where, ...around }
  if (owner === undefined) return { do: 'select', target: thing.text, where, ...around }
  const commands = clause.row === undefined ? isCommand : isCellCommand
  if (/^(?:New|Add|Create) /.test(owner) && clause.row === undefined)
    return { do: 'select', target: thing.text, where: [...where, owner], ...around }
  if (commands(thing.text) || /button|link/.test(thing.noun))
    return { do: 'select', target: thing.text, where: [...where, owner], ...around }
  const inner = clause.row !== undefined && field !== undefined && field !== clause.row ? [clause.row] : []
  return {
    do: 'set',
    target: owner,
    value: thing.text,
    where: [...inner, ...where.filter(name => name !== owner)],
    ...around,
  }
}

// > | select a **Region**
//            ^ any that its field has
function asksFor({ before, noun, text, kind }: Thing): boolean {
  return kind === 'label' && /^(?:an?|any)$/i.test(before) && noun === '' && !isCommand(text)
}

// > | the **Role** that fits your team      the **Subscription** and **Region** where you want to deploy
//                    ^ what says which one makes it a field
function chosenValue({ kind, before, noun, text }: Thing, { things }: Objects, tokens: Token[]): string | undefined {
  if (kind !== 'label' || noun !== '' || isCommand(text) || !/^(?:(?:the|your|an?|and)\b ?)*$/i.test(before))
    return undefined
  if (!/^(?:the|your|an?)$/i.test(things[0]?.before ?? '')) return undefined
  const tail = tokens.slice(tokens.findLastIndex(token => token.kind === 'label') + 1)
  const comma = tail.findIndex(token => token.text === ',')
  const after = textOf(comma < 0 ? tail : tail.slice(0, comma))
  const tells = isFieldLabel(text) && /^for (?:the|your|this|each) /i.test(after)
  return tells || relative.test(after) ? supplied(`${before} ${text} ${after}`.trim()) : undefined
}

const relative =
  /^(?:where|that|which|in which|under which|with which) (?:you|your|the|best|fits?|matches|reflects|suits|meets)\b|^to (?:assign|associate|use|apply|deploy)\b/i

// > | choose a **Severity** level that reflects the impact
//                           ^ belongs to what is chosen
function wholeOf({ before, text, tokens: own }: Thing, tokens: Token[]): string {
  const last = own.at(-1)
  const tail = tokens.slice(last ? tokens.indexOf(last) + 1 : tokens.length)
  const described = /^(?:(?:level|type|size|tier|mode) )?(?:that|which|where) [^,]+$/i.exec(textOf(tail))?.[0]
  return described === undefined ? `${before} ${text}` : `${before} ${text} ${described}`
}

// > | the box next to the disk      the check box for each disk
//                     ^                                ^
/** What a check box stands beside, when nothing else names it. */
export function besideBox({ objects }: Clause): string | undefined {
  const end = objects.findIndex((_, at) => at > 3 && beginsPurpose(objects, at))
  const text = textOf(end < 0 ? objects : objects.slice(0, end))
  return /^the (?:check(?:-| )?)?box(?:es)? (?:next to|beside|for|in front of|to the left of|corresponding to) (.+)$/i.exec(
    text,
  )?.[1]
}

interface Glyph {
  name: string
  /** What it stands beside. */
  owner?: string
}

// > | the arrow next to **Mode**      the **Scope** ellipsis      the trash can icon for the disk      the link next to **Address**
//         ^                                         ^                 ^                                                      ^
/** A control that has a picture for a label. */
function readGlyph({ kind, text, tokens: own }: Thing, tokens: Token[]): Glyph | undefined {
  const last = own.at(-1)
  const after = tokens.slice(last ? tokens.indexOf(last) + 1 : tokens.length)
  if (kind === 'label') {
    const name = new RegExp(`^${glyphNames}\\b`, 'i').exec(textOf(after))?.[0]
    if (name !== undefined) return { name, owner: text }
    const at = after.findIndex(token => token.kind === 'label')
    const owner = at > 0 && /^next to(?: the)?$/i.test(textOf(after.slice(0, at))) ? after[at] : undefined
    return owner && { name: text, owner: bareLabel(owner.text) }
  }
  if (kind !== 'phrase') return undefined
  const { name, relation = '', owner = '' } = describedGlyph.exec(text)?.groups ?? {}
  if (name === undefined) return undefined
  if (owner === '') return { name }
  const label = tokens.find(token => token.kind === 'label' && bareLabel(token.text) === owner.replace(/^the /i, ''))
  if (label) return name === 'link' ? { name: bareLabel(label.text) } : { name, owner: bareLabel(label.text) }
  return relation === 'for' && name !== 'link' ? { name, owner } : undefined
}

const glyphNames =
  '(?:(?:horizontal|vertical|three|drop-?down|expand) )?(?:ellips[ie]s|dots|arrow|chevron|caret|pencil|trash ?can|gear|kebab|drop-?down)'
const describedGlyph = new RegExp(
  `^(?:the |an? |its )?(?<name>${glyphNames}|link(?= next))(?: icon| button| symbol| menu)?` +
    '(?: (?<relation>next to|beside|for|to the (?:right|left) of) (?<owner>.+))?$',
  'i',
)

// > | the ellipsis button
//         ^
function controlName(text: string): string {
  if (text.startsWith('+ ')) return bareLabel(text)
  return /\b(?:icon|button)$/i.test(text) ? text.replace(/^(?:the|an?) /i, '').replace(/ (?:icon|button)$/i, '') : text
}

/** A file on the reader's machine is picked to be uploaded. */
export function isFileName(text: string): boolean {
  return /[^\s.]\.(?:json|zip|csv|txt|ps1|sh|pfx|pem|cer|vhdx?|yaml|yml|bicep|xml|docx?|xlsx?|png|template|config)$/i.test(
    text,
  )
}

function fieldOf(clause: Clause, objects: Objects): string | undefined {
  if (clause.field !== undefined) return clause.field
  if (objects.field !== undefined && (objects.fieldLabelled || objects.things[0]?.kind === 'literal'))
    return objects.field
  const tail = objects.places.at(-1)
  if (tail?.kind === 'field') return tail.name
  const lead = clause.places.at(-1)
  if (lead?.kind === 'field') return lead.name
  if (lead?.kind === 'section' && lead.preposition === 'under' && isFieldLabel(lead.name)) {
    const [thing] = objects.things
    return thing && (thing.kind === 'phrase' || isValueLabel(thing.text)) ? lead.name : undefined
  }
  if (lead?.kind !== 'bare') return undefined
  const certain = clause.places.length > 1 || clause.row !== undefined || isFieldLabel(lead.name)
  const label = objects.things[0]?.text ?? ''
  return (certain || isValueLabel(label)) && !isCommand(label) ? lead.name : undefined
}
