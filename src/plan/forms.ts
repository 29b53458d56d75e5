import type { Action } from '../action/action.ts'
import type { Place } from '../article/article.ts'
import { foldLabel, isOneOf } from './label.ts'
import { leftOutBecause } from './left-out.ts'
import type { ExpectedProperty, ExpectedResource } from './plan.ts'
import type { ResourceType } from './resource-type.ts'

/** A form that the article fills in, from its first field to the command that sends it. */
export interface Form {
  type: ResourceType
  /** Folded label of a field -> what the article says. */
  fields: Map<string, Field>
  /** Folded labels of the fields that the article tells to leave as they are. */
  kept: Set<string>
  /** The resource group is a new one, that the form makes first. */
  newGroup: boolean
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

/** A deletion: the index of the command that opens it and of the one that finally does it. */
export interface Deletion {
  type: ResourceType
  name: string
  submit: number
}

/**
 * Finds the forms among a run of actions: fields are gathered from the page that a resource type's file names (or from
 * the setting that names its resource) until a command of that type sends them.
 */
export function findForms(actions: readonly Action[], types: readonly ResourceType[]): Form[] {
  const forms: Form[] = []
  let open: Form | undefined
  actions.forEach((action, index) => {
    if (leftOutBecause(action) !== undefined) return
    const type = typeOfPage(action, types) ?? (open ? undefined : typeOfField(action, types))
    if (type && open?.type !== type)
      open = { type, fields: new Map(), kept: new Set(), newGroup: false, submit: -1, place: action.place }
    if (!open) return
    if (
      action.do === 'select' &&
      isOneOf(action.target, open.type.submit) &&
      open.fields.size > 0 &&
      !insideField(action, open.type)
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
 * Finds the deletions: a command that a resource type's file names, the name typed to confirm it (else the resource
 * that was searched for or selected before), and the last of the confirming commands.
 */
export function findDeletions(actions: readonly Action[], types: readonly ResourceType[]): Deletion[] {
  return actions.flatMap((action, index) => {
    if (action.do !== 'select' || leftOutBecause(action) !== undefined) return []
    const type = types.find(each => isOneOf(action.target, each.delete?.command))
    return type ? [deletion(type, actions, index)] : []
  })
}

/** The resources that a form describes: its own, and the resource group that it makes first. */
export function describeResources(form: Form): ExpectedResource[] {
  const { type } = form
  const location = described(form, type.location)
  const name = described(form, type.name.setting)
  const group = described(form, type.resourceGroup)
  const missing = type.required.filter(setting => !givenBy(form, setting))
  const base = { ...(location ? { location } : {}), place: form.place }
  const resource: ExpectedResource = {
    ...base,
    type: type.type,
    apiVersion: type.apiVersion,
    name: name?.value ?? '',
    ...(group ? { resourceGroup: group.value } : {}),
    properties: type.settings.flatMap(setting => property(form, setting)),
    defaults: type.defaults,
    missing,
    unsaid: missing.filter(setting => !keptBy(form, setting)),
    place: name?.place ?? form.place,
  }
  if (!form.newGroup || !group) return [resource]
  const made: ExpectedResource = {
    ...base,
    type: 'Microsoft.Resources/resourceGroups',
    apiVersion: '2021-04-01',
    name: group.value,
    properties: [],
    defaults: {},
    missing: [],
    unsaid: [],
    place: group.place,
  }
  return [made, resource]
}

/** The part of the request that a field becomes: `name`, `location`, `properties.…`; undefined where the type's file doesn't say. */
export function partOfRequest({ type }: Form, { setting }: Field): string | undefined {
  if (isOneOf(setting, type.name.setting)) return 'name'
  if (isOneOf(setting, type.subscription)) return 'subscription'
  if (isOneOf(setting, type.resourceGroup)) return 'resourceGroup'
  if (isOneOf(setting, type.location)) return 'location'
  return type.settings.find(each => isOneOf(setting, each.setting))?.path
}

function fill(form: Form, action: Action, index: number) {
  const field = fieldAround(action, form.type)
  if (action.do === 'select' && field && foldLabel(action.target) === 'create new') {
    form.newGroup ||= isOneOf(field, form.type.resourceGroup)
    return
  }
  if (
    action.do === 'select' &&
    field &&
    !['ok', 'select', 'save', 'apply', 'done', 'cancel'].includes(foldLabel(action.target))
  )
    return note(form, field, action.target, action.place, index)
  if (action.do === 'set') return note(form, field ?? action.target, action.value, action.place, index)
  if (action.do === 'keep') {
    if (action.target !== undefined) form.kept.add(foldLabel(action.target))
    if (action.value !== undefined) note(form, action.target, action.value, action.place, index)
    return
  }
  if (action.do === 'check' || action.do === 'turnOn') return note(form, action.target, 'Enabled', action.place, index)
  if (action.do === 'clear' || action.do === 'turnOff')
    return note(form, action.target, 'Disabled', action.place, index)
}

function note(form: Form, setting: string | undefined, value: string, place: Place, index: number) {
  if (setting !== undefined) form.fields.set(foldLabel(setting), { setting, value, place, index })
}

/** The field that an action works in, when its innermost place is one: *Resource group | Select **Create new**.* */
function fieldAround(action: Action, type: ResourceType): string | undefined {
  const innermost = action.where.at(-1)
  return isOneOf(innermost, settingsOf(type)) ? innermost : undefined
}

function insideField(action: Action, type: ResourceType): boolean {
  return fieldAround(action, type) !== undefined
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

function described(form: Form, labels: readonly string[] | undefined): Field | undefined {
  return labels?.map(label => form.fields.get(foldLabel(label))).find(Boolean)
}

function givenBy(form: Form, setting: string): boolean {
  return described(form, labelsOf(form, setting)) !== undefined
}

function keptBy(form: Form, setting: string): boolean {
  return labelsOf(form, setting).some(label => form.kept.has(foldLabel(label)))
}

/** All labels of a setting that the type's file requires by its first one. */
function labelsOf({ type }: Form, setting: string): readonly string[] {
  const groups = [
    type.name.setting,
    type.subscription,
    type.resourceGroup,
    type.location,
    ...type.settings.map(each => each.setting),
  ]
  return groups.find(group => isOneOf(setting, group)) ?? [setting]
}

function property(form: Form, { setting, path, values }: ResourceType['settings'][number]): ExpectedProperty[] {
  const said = described(form, setting)
  if (!said) return []
  const expected = values
    ? Object.entries(values).find(([label]) => foldLabel(label) === foldLabel(said.value))?.[1]
    : said.value
  return [{ setting: said.setting, value: said.value, place: said.place, path, expected: expected ?? said.value }]
}

function deletion(type: ResourceType, actions: readonly Action[], at: number): Deletion {
  let submit = at
  let typed: string | undefined
  for (let index = at + 1; index < actions.length; index++) {
    const action = actions[index]
    if (action?.do === 'set') typed ??= action.value
    else if (action?.do === 'select' && isOneOf(action.target, type.delete?.confirm)) submit = index
    else if (action?.do !== 'check' && action?.do !== 'verify' && action?.do !== 'review') break
  }
  return { type, name: typed ?? lastNamed(actions.slice(0, at)) ?? '', submit }
}

function lastNamed(before: readonly Action[]): string | undefined {
  const last = before.findLast(action => action.do === 'select' || action.do === 'search' || action.do === 'goTo')
  return last && 'value' in last && last.value ? last.value : last?.target
}
