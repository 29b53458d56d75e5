import type { Action } from '../action/action.ts'
import type { Place } from '../article/article.ts'
import { foldLabel, isOneOf } from './label.ts'
import { leftOutBecause } from './left-out.ts'
import type { PartType, ResourceType } from './resource-type.ts'

/** A form that the article fills in, from its first field to the command that sends it. */
export interface Form {
  type: ResourceType
  /** Folded label of a field -> what the article says. */
  fields: Map<string, Field>
  /** Folded labels of the fields that the article tells to leave as they are. */
  kept: Set<string>
  tags: { name: string; value: string; place: Place; indexes: number[] }[]
  /** What was entered in panes of which the form takes several. */
  parts: FilledPart[]
  /** The pane that a command opened and none has closed: its fields go before the form's of the same name. */
  pane: PartType | undefined
  /** Paths of lists whose first item the article takes away. */
  emptied: Set<string>
  /** The field at which something is open: what closes it doesn't send the form. */
  callout: string | undefined
  /** The resource group is a new one, that the form makes first. */
  newGroup: boolean
  /** What was searched for, selected and gone to before it was opened, last first. */
  trail: string[]
  /** Index of the action that sends it. */
  submit: number
  place: Place
}

export interface Field {
  setting: string
  value: string
  place: Place
  /** Index of the action that gives it. */
  index: number
}

export interface FilledPart {
  part: PartType
  /** Folded label -> what the article says. */
  fields: Map<string, Field>
}

/** A deletion: what it deletes, and the index of the action that finally does it. */
export interface Deletion {
  type: ResourceType
  /** Empty where the article doesn't say it: it only went to a list before. */
  name: string
  /** Where the article names it. */
  place: Place
  submit: number
  /** A command confirms it: without one, the command that opens the deletion may be all there is. */
  confirmed: boolean
}

/**
 * Finds the forms among a run of actions: fields are gathered from the page that a resource type's file names (or from
 * the list that it is opened from, or from the setting that names its resource) until a command of that type sends them.
 */
export function findForms(actions: readonly Action[], types: readonly ResourceType[]): Form[] {
  const forms: Form[] = []
  const trail: string[] = []
  let open: Form | undefined
  actions.forEach((action, index) => {
    if (leftOutBecause(action) !== undefined) return
    if (action.do === 'search' && action.target === undefined) open = undefined
    const type =
      typeOfPage(action, types) ??
      (open && fieldAround(action, open.type) !== undefined ? undefined : typeOfList(action, trail[0], types)) ??
      (open ? undefined : typeOfField(action, types))
    if (type && open?.type !== type)
      open = {
        type,
        fields: new Map(),
        kept: new Set(),
        tags: [],
        parts: [],
        pane: undefined,
        emptied: new Set(),
        callout: undefined,
        newGroup: false,
        trail: [...trail],
        submit: -1,
        place: action.place,
      }
    if ((action.do === 'select' || action.do === 'goTo') && action.target !== undefined) trail.unshift(action.target)
    if (!open) return
    if (
      action.do === 'select' &&
      isOneOf(action.target, open.type.submit) &&
      open.fields.size > 0 &&
      !insideField(action, open) &&
      !insidePart(action, open)
    ) {
      forms.push({ ...open, submit: index })
      open = undefined
      return
    }
    fill(open, action, index)
  })
  return forms
}

/**
 * Finds the deletions: a command that a resource type's file names, the name typed to confirm it (else the one that it
 * stands beside, else the resource that was searched for or selected before), and the last of the confirming commands.
 */
export function findDeletions(
  actions: readonly Action[],
  types: readonly ResourceType[],
  { isMade, madeAt }: Pick<KnownNames, 'isMade' | 'madeAt'>,
): Deletion[] {
  return actions.flatMap((action, index) => {
    if (action.do !== 'select' || leftOutBecause(action) !== undefined) return []
    const type = types.find(
      ({ delete: rule }) =>
        isOneOf(action.target, rule?.command) &&
        (rule?.page === undefined || action.where.some(place => isOneOf(place, rule.page))),
    )
    return type ? deletion(type, actions, index, { types, isMade, madeAt }) : []
  })
}

/**
 * The part of the request that a field becomes: `name`, `location`, `properties.…`; undefined where the type's file doesn't
 * say, or the request doesn't have it.
 */
export function partOfRequest({ type }: Form, { setting }: Field): string | undefined {
  if (isOneOf(setting, type.name.setting)) return 'name'
  if (isOneOf(setting, type.subscription)) return 'subscription'
  if (isOneOf(setting, type.resourceGroup)) return 'resourceGroup'
  if (isOneOf(setting, type.location)) return 'location'
  const known = type.settings.find(each => isOneOf(setting, each.setting))
  return known && (known.path ?? known.read ?? 'nothing')
}

function fill(form: Form, action: Action, index: number) {
  if (fillPart(form, action, index) || fillTag(form, action, index)) return
  const field = fieldAround(action, form.type)
  if (action.do === 'select' && field !== undefined) form.callout = opening.test(action.target) ? field : undefined
  if (action.do === 'select' && field && foldLabel(action.target) === 'create new') {
    form.newGroup ||= isOneOf(field, form.type.resourceGroup)
    return
  }
  if (action.do === 'select' && field && !isOneOf(action.target, closing))
    return note(form, field, action.target, action.place, index)
  if (action.do === 'set') return note(form, field ?? action.target, action.value, action.place, index)
  if (action.do === 'verify' && action.value !== undefined && isOneOf(action.target, settingsOf(form.type)))
    return note(form, action.target, action.value, action.place, index)
  if (action.do === 'keep') {
    if (action.target !== undefined) form.kept.add(foldLabel(action.target))
    if (action.value !== undefined) note(form, action.target, action.value, action.place, index)
    return
  }
  if (action.do === 'check' && field) return note(form, field, action.target, action.place, index)
  if (action.do === 'check' || action.do === 'turnOn') return note(form, action.target, 'Enabled', action.place, index)
  if (action.do === 'clear' || action.do === 'turnOff')
    return note(form, action.target, 'Disabled', action.place, index)
}

/** Links beside a field that open something there. */
const opening = /^(?:create|deploy|add|change|edit|configure|manage|browse)\b/i

/** The commands that close what opened at a field. */
const closing = ['OK', 'Select', 'Save', 'Apply', 'Done', 'Cancel', 'Add']

/** > | Select **Add a subnet**, enter *front* in **Name**, and then select **Add**. */
function fillPart(form: Form, action: Action, index: number): boolean {
  const part = form.type.parts.find(
    each =>
      (action.do === 'select' && isOneOf(action.target, each.opens)) ||
      action.where.some(place => isOneOf(place, each.pages)),
  )
  const current = form.parts.at(-1)
  const emptied = form.type.parts.find(each => action.do === 'select' && isOneOf(action.target, each.removes))
  if (emptied) form.emptied.add(emptied.path)
  if (emptied) return true
  if (part && action.do === 'select' && isOneOf(action.target, part.opens)) {
    form.pane = part
    form.parts.push({ part, fields: new Map() })
    return true
  }
  if (action.do === 'select' && isOneOf(action.target, closing)) form.pane = undefined
  if (action.do !== 'set' || action.target === undefined) return part !== undefined
  const target = action.target
  const owner =
    part ??
    form.type.parts.find(
      each => isFieldOf(each, target) && (form.pane === each || !isOneOf(target, form.type.name.setting)),
    )
  if (!owner || !isFieldOf(owner, target)) return part !== undefined
  const label = labelIn(owner, target)
  // Naming the next one begins it, also where the article doesn't say to open the pane again.
  if (!current || current.part !== owner || current.fields.has(label))
    form.parts.push({ part: owner, fields: new Map() })
  form.parts.at(-1)?.fields.set(label, { setting: target, value: action.value, place: action.place, index })
  return true
}

function isFieldOf({ fields }: PartType, label: string): boolean {
  return fields.some(({ setting }) => isOneOf(label, setting))
}

/** A field by its first label, folded. */
function labelIn({ fields }: PartType, label: string): string {
  return foldLabel(fields.find(({ setting }) => isOneOf(label, setting))?.setting[0] ?? label)
}

/** > | On the **Tags** tab, enter *environment* for **Name** and *test* for **Value**. */
function fillTag(form: Form, action: Action, index: number): boolean {
  if (action.do !== 'set' || !action.where.some(place => foldLabel(place) === 'tags')) return false
  const label = foldLabel(action.target ?? '')
  if (label === 'name') form.tags.push({ name: action.value, value: '', place: action.place, indexes: [index] })
  const tag = form.tags.at(-1)
  if (label === 'value' && tag)
    Object.assign(tag, { value: action.value, place: action.place, indexes: [...tag.indexes, index] })
  return label === 'name' || label === 'value'
}

function insidePart(action: Action, { type }: Form): boolean {
  return type.parts.some(({ pages }) => action.where.some(place => isOneOf(place, pages)))
}

function note(form: Form, setting: string | undefined, value: string, place: Place, index: number) {
  if (setting !== undefined) form.fields.set(foldLabel(setting), { setting, value, place, index })
}

/** The field that an action works in, when its innermost place is one: *Resource group | Select **Create new**.* */
function fieldAround(action: Action, type: ResourceType): string | undefined {
  const innermost = action.where.at(-1)
  return isOneOf(innermost, settingsOf(type)) ? innermost : undefined
}

function insideField(action: Action, { type, callout }: Form): boolean {
  const field = fieldAround(action, type)
  return field !== undefined && (callout === field || !isOneOf(action.target, closing))
}

function typeOfPage(action: Action, types: readonly ResourceType[]): ResourceType | undefined {
  return types.find(type => action.where.some(place => isOneOf(place, type.pages)))
}

function typeOfField(action: Action, types: readonly ResourceType[]): ResourceType | undefined {
  if (action.do !== 'set') return undefined
  const owners = types.filter(
    type => isOneOf(action.target, type.name.setting) && !isOneOf(action.target, ['Name', 'Resource group']),
  )
  return owners.length === 1 ? owners[0] : undefined
}

function settingsOf(type: ResourceType): string[] {
  const { name, subscription = [], resourceGroup = [], location = [], settings } = type
  return [...name.setting, ...subscription, ...resourceGroup, ...location, ...settings.flatMap(each => each.setting)]
}

/** > | Search for **Virtual networks**, select it from the results, and then select **+ Create**. */
function typeOfList(
  action: Action,
  here: string | undefined,
  types: readonly ResourceType[],
): ResourceType | undefined {
  if (action.do !== 'select') return undefined
  return types.find(
    ({ lists, opens }) =>
      isOneOf(action.target, opens) && (isOneOf(here, lists) || action.where.some(place => isOneOf(place, lists))),
  )
}

/** What the article says for the first of these labels that it fills in. */
export function fieldOf(form: Form, labels: readonly string[] | undefined): Field | undefined {
  return labels?.map(label => form.fields.get(foldLabel(label))).find(Boolean)
}

interface KnownNames {
  types: readonly ResourceType[]
  /** Where something is made first: what was looked for before is none of it. */
  madeAt: number
  isMade: (name: string) => boolean
}

function deletion(type: ResourceType, actions: readonly Action[], at: number, known: KnownNames): Deletion[] {
  const { confirm, page, option } = type.delete ?? {}
  let submit = at
  let typed: Named | undefined
  let chosen = option === undefined
  for (let index = at + 1; index < actions.length; index++) {
    const action = actions[index]
    const value = action && ('value' in action ? action.value : action.target)
    if ((action?.do === 'set' || action?.do === 'select') && isOneOf(value, option)) chosen = true
    else if (action?.do === 'set') typed ??= { name: action.value, place: action.place }
    else if (action?.do === 'select' && isOneOf(action.target, confirm)) submit = index
    else if (action?.do !== 'check' && action?.do !== 'verify' && action?.do !== 'review') break
  }
  const command = actions[at]
  const beside = page === undefined ? undefined : command?.where.findLast(place => !isOneOf(place, page))
  const named =
    typed ??
    (command && beside !== undefined
      ? { name: beside, place: command.place }
      : command && lastNamed(actions.slice(known.madeAt, at), command.place, known))
  const confirmed = confirm === undefined || submit !== at
  return chosen && named ? [{ type, ...named, submit, confirmed }] : []
}

interface Named {
  name: string
  place: Place
}

/**
 * What was looked for, gone to or selected in a list last. *Go to resource* names nothing; where nothing else does, or only a
 * list was gone to, it isn't said.
 */
function lastNamed(before: readonly Action[], command: Place, { types, isMade }: KnownNames): Named {
  const last = before.findLast(
    action =>
      action.do === 'search' ||
      action.do === 'goTo' ||
      (action.do === 'select' && (isMade(action.target) || action.where.some(place => /\bresults?$/i.test(place)))),
  )
  const name = last && 'value' in last ? last.value : last?.target
  if (!last || name === undefined) return { name: '', place: command }
  return types.some(({ lists }) => isOneOf(name, lists)) ? { name: '', place: command } : { name, place: last.place }
}
