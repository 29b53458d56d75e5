import { fieldOf, type Field, type FilledPart, type Form } from './forms.ts'
import { foldLabel, isOneOf } from './label.ts'
import type { Described, ExpectedProperty, ExpectedResource, PlannedAction } from './plan.ts'
import type { CompanionType, ResourceType, SettingType } from './resource-type.ts'
import { fillData, fillTemplate, keysOf, putAt, type Lookup } from './template.ts'

/** What describing a form's resources needs to know beside the form. */
export interface Describing {
  /** The run's own words for the article's. */
  own(text: string): string
  /** The name of the secret that the action at this index types, if it is one. */
  secretAt(index: number): string | undefined
  /** What the forms before it make. */
  made: readonly ExpectedResource[]
  /** A public key for SSH, made for the run: the name of its secret. */
  sshKey(): string
  /** Whether what the form makes beside its resource is to be made by us: a portal does it by itself. */
  companions: boolean
}

const groupType = 'Microsoft.Resources/resourceGroups'

/** The resources that a form describes, in the order in which they are made: its resource group, what it makes beside its own, its own. */
export function describeResources(form: Form, describing: Describing): ExpectedResource[] {
  const { type } = form
  const values = readValues(form, describing)
  const location = described(fieldOf(form, type.location))
  const missing = type.required.filter(setting => fieldOf(form, labelsOf(form, setting)) === undefined)
  const made = type.with.filter(({ when = {} }) => holdsAll(when, type, values.raw))
  const companions = made.map(each => describeCompanion(each, { values, location, form }))
  const body = fillData(type.defaults, values.lookup) as Record<string, unknown>
  const bodies = new Map(made.map((each, at) => [each.id, companions[at]?.body ?? {}]))
  for (const setting of type.settings) {
    const value = values.becomes(setting)
    const target = setting.of === undefined ? body : bodies.get(setting.of)
    if (setting.path !== undefined && target && value !== undefined) putAt(target, setting.path, value)
  }
  for (const path of form.emptied) putAt(body, path, [])
  for (const { part, item } of values.parts) appendAt(body, part.path, item)
  if (form.tags.length > 0) body.tags = Object.fromEntries(form.tags.map(({ name, value }) => [name, value]))

  const resource: ExpectedResource = {
    type: type.type,
    ...(type.apiVersion === undefined ? {} : { apiVersion: type.apiVersion }),
    name: values.name,
    ...(values.group === undefined || type.type === groupType ? {} : { resourceGroup: values.group }),
    id: values.id,
    ...(location ? { location } : {}),
    properties: [...propertiesOf(form, values, describing), ...tagProperties(form), ...partProperties(values)],
    body,
    unmapped: unmappedOf(form, values, describing),
    fields: [...form.fields.values()].map(field => ({ ...described(field), value: describing.own(field.value) })),
    missing,
    unsaid: missing.filter(setting => !labelsOf(form, setting).some(label => form.kept.has(foldLabel(label)))),
    place: fieldOf(form, type.name.setting)?.place ?? form.place,
  }
  const group = form.newGroup && values.group !== undefined ? [describeGroup(values.group, form, location)] : []
  return [...group, ...(describing.companions ? companions : []), resource]
}

/** The fields that name resources which must be there: index of the action, and what it names. */
export function findReferences(
  form: Form,
  describing: Describing,
): { index: number; refersTo: PlannedAction['refersTo'] & {} }[] {
  const { type } = form
  const values = readValues(form, describing)
  const group = fieldOf(form, type.resourceGroup)
  const inGroup =
    group && !form.newGroup && type.type !== groupType
      ? [
          {
            index: group.index,
            refersTo: { type: groupType, id: groupIdOf(values.group ?? ''), name: values.group ?? '' },
          },
        ]
      : []
  const named = type.settings.flatMap(setting => {
    const found = values.refersTo(setting)
    return found ? [{ index: found.field.index, refersTo: found.refersTo }] : []
  })
  return [...inGroup, ...named]
}

/** The id of a resource group, as a run fills it in. */
export function groupIdOf(name: string): string {
  return `/subscriptions/{subscription}/resourceGroups/${name}`
}

function describeGroup(name: string, form: Form, location: Described | undefined): ExpectedResource {
  return {
    type: groupType,
    apiVersion: '2021-04-01',
    name,
    id: groupIdOf(name),
    ...(location ? { location } : {}),
    properties: [],
    body: {},
    unmapped: [],
    missing: [],
    unsaid: [],
    place: fieldOf(form, form.type.resourceGroup)?.place ?? form.place,
  }
}

function describeCompanion(
  { type, apiVersion, name, body }: CompanionType,
  { values, location, form }: { values: Values; location: Described | undefined; form: Form },
): ExpectedResource {
  const own = fillTemplate(name, values.lookup) ?? ''
  return {
    type,
    apiVersion,
    name: own,
    ...(values.group === undefined ? {} : { resourceGroup: values.group }),
    id: `${groupIdOf(values.group ?? '')}/providers/${type}/${own}`,
    ...(location ? { location } : {}),
    properties: [],
    body: fillData(body, values.lookup) as Record<string, unknown>,
    unmapped: [],
    missing: [],
    unsaid: [],
    place: form.place,
  }
}

/** What the fields of a form hold, in the run's own words. */
interface Values {
  name: string
  id: string
  group: string | undefined
  lookup: Lookup
  /** What a field holds: what the article says, else what the form has by itself. */
  raw(setting: SettingType): string | undefined
  /** What it becomes in the request; undefined where nobody can tell. */
  becomes(setting: SettingType): unknown
  /** The resource that the article names in a field, which must be there. */
  refersTo(setting: SettingType): { field: Field; refersTo: { type: string; id: string; name: string } } | undefined
  parts: { part: FilledPart['part']; item: Record<string, unknown>; name: string; place: Field['place'] }[]
}

function readValues(form: Form, describing: Describing): Values {
  const { type } = form
  const { own, secretAt, made } = describing
  const said = (labels: readonly string[] | undefined) => {
    const field = fieldOf(form, labels)
    if (!field) return undefined
    const secret = secretAt(field.index)
    return secret === undefined ? own(field.value) : `{secret:${secret}}`
  }
  const group = said(type.resourceGroup)
  const groupId = groupIdOf(type.type === groupType ? (said(type.name.setting) ?? '') : (group ?? ''))
  const settingOf = (label: string) => type.settings.find(each => isOneOf(label, each.setting))
  const last = (refers: string | undefined) =>
    made.findLast(each => each.type.toLowerCase() === refers?.toLowerCase())?.name

  const isShown = ({ when = {} }: SettingType) => holdsAll(when, type, raw)
  const raw = (setting: SettingType): string | undefined => {
    const given = said(setting.setting)
    if (given !== undefined || setting.otherwise === undefined || !isShown(setting)) return given
    return fillTemplate(setting.otherwise, key => (key === 'last' ? last(setting.refers) : lookup(key)))
  }
  const taken = (setting: SettingType) => takenBy(setting.take, raw(setting))
  /** The resource whose page was open when the form was: the last one that was gone to, else the one that was made last. */
  const here = () => {
    for (const words of form.trail) {
      if (/^go to resource/i.test(words)) return made.at(-1)
      const open = made.findLast(each => sameName(each.name, own(words)))
      if (open) return open
    }
    return undefined
  }
  /** The resource of that type and name that the article made before, else one in the form's own group. */
  const referred = (setting: SettingType) => {
    const name = taken(setting)
    if (name === undefined) return undefined
    const before = made.findLast(each => each.type === setting.refers && sameName(each.name, name))
    const inGroup = group === undefined ? undefined : `${groupId}/providers/${setting.refers}/${name}`
    return { id: before?.id ?? inGroup, group: before?.resourceGroup ?? group }
  }
  const lookup: Lookup = key => {
    if (key === 'name') return name
    if (key === 'here.id') return here()?.id
    if (key === 'sshKey') return `{secret:${describing.sshKey()}}`
    if (key === 'group') return group === undefined && type.type !== groupType ? undefined : groupId
    const [, label = key, facet] = /^(.*?)(?:\.(id|group))?$/.exec(key) ?? []
    const setting = settingOf(label)
    if (!setting) return undefined
    const listed = facet === undefined ? listedValue(setting, raw(setting) ?? '') : undefined
    if (typeof listed === 'string') return listed
    return facet === undefined ? taken(setting) : referred(setting)?.[facet as 'id' | 'group']
  }
  const name: string =
    said(type.name.setting) ??
    (type.name.is === undefined
      ? undefined
      : fillTemplate(type.name.is, key => (key === 'name' ? undefined : lookup(key)))) ??
    ''
  const becomes = (setting: SettingType): unknown => {
    const whole = raw(setting)
    if (whole === undefined) return undefined
    const value = taken(setting)
    const listed = listedValue(setting, whole) ?? listedValue(setting, value ?? whole)
    if (isOtherThanProposed(setting, whole)) return undefined
    if (listed !== undefined && (typeof listed !== 'string' || setting.becomes === undefined)) return listed
    const mayBeOther = setting.only !== true || setting.values === undefined || setting.take !== undefined
    const named = listed ?? (mayBeOther ? value : undefined)
    if (named === undefined) return undefined
    const template = setting.becomes ?? (setting.refers === undefined ? undefined : referred(setting)?.id)
    if (template !== undefined) return fillTemplate(template, key => (key === 'value' ? named : lookup(key)))
    return setting.values && setting.take === undefined ? undefined : value
  }
  /** > | (new) myVM-ip: a form offers to make one of the name that it makes up, and no other, unless another is entered. */
  const isOtherThanProposed = ({ otherwise }: SettingType, given: string) => {
    if (!otherwise?.startsWith(proposed) || !given.toLowerCase().startsWith(proposed)) return false
    return foldLabel(given) !== foldLabel(fillTemplate(otherwise, lookup) ?? '')
  }
  const refersTo = ({ setting: labels, refers }: SettingType) => {
    const field = fieldOf(form, labels)
    if (!field || refers === undefined || own(field.value).toLowerCase().startsWith(proposed)) return undefined
    const setting = settingOf(labels[0] ?? '')
    const id = setting && referred(setting)?.id
    return id === undefined ? undefined : { field, refersTo: { type: refers, id, name: own(field.value) } }
  }
  const parts = form.parts.flatMap(({ part, fields }) => {
    const first = [...fields.values()][0]
    if (!first) return []
    const value: Lookup = key => {
      const field = fields.get(foldLabel(key))
      const spec = part.fields.find(({ setting }) => foldLabel(setting[0] ?? '') === foldLabel(key))
      return field && takenBy(spec?.take, own(field.value))
    }
    const filled = part.item.map(way => fillData(way, value) as Record<string, unknown>)
    const whole = filled.findIndex((way, at) => leavesOf(way) === leavesOf(part.item[at]))
    const item = filled[Math.max(0, whole)] ?? {}
    return [{ part, item, name: value(part.name) ?? '', place: first.place }]
  })
  /** Without a group, which the form requires, there is no telling where it would be. */
  const idOf = () => {
    if (type.type === groupType) return groupId
    if (type.id === undefined) return group === undefined ? '' : `${groupId}/providers/${type.type}/${name}`
    return fillTemplate(type.id, lookup) ?? ''
  }
  return { name, id: idOf(), group, lookup, raw, becomes, refersTo, parts }
}

/** What forms put before the name of what they would make. */
const proposed = '(new)'

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function takenBy(pattern: string | undefined, value: string | undefined): string | undefined {
  if (pattern === undefined || value === undefined) return value
  const match = new RegExp(pattern, 'i').exec(value)
  return match ? (match[1] ?? match[0]) : undefined
}

function leavesOf(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 1
  return Object.values(data).reduce<number>((sum, each) => sum + leavesOf(each), 0)
}

/** What the file says for an option, in whatever case the article writes it. */
function listedValue({ values = {} }: SettingType, label: string): unknown {
  return Object.entries(values).find(([option]) => foldLabel(option) === foldLabel(label))?.[1]
}

function holdsAll(
  when: Record<string, string>,
  { settings }: ResourceType,
  raw: (setting: SettingType) => string | undefined,
): boolean {
  return Object.entries(when).every(([field, pattern]) => {
    const setting = settings.find(each => isOneOf(field, each.setting))
    return new RegExp(pattern, 'i').test((setting && raw(setting)) ?? '')
  })
}

function propertiesOf(form: Form, values: Values, { secretAt }: Describing): ExpectedProperty[] {
  return form.type.settings.flatMap(setting => {
    const field = fieldOf(form, setting.setting)
    const path = setting.read ?? setting.path
    if (!field || path === undefined || secretAt(field.index) !== undefined) return []
    const expected = values.becomes(setting)
    return expected === undefined ? [] : [{ ...described(field), path, expected }]
  })
}

function tagProperties({ tags }: Form): ExpectedProperty[] {
  return tags.map(({ name, value, place }) => ({
    setting: `Tag ${name}`,
    value,
    place,
    path: `tags.${name.replaceAll('.', '\\.')}`,
    expected: value,
  }))
}

function partProperties({ parts }: Values): ExpectedProperty[] {
  return parts.map(({ part, item, name, place }) => ({
    setting: part.pages[0] ?? part.path,
    value: name,
    place,
    path: `${part.path}.name=${name.replaceAll('.', '\\.')}`,
    expected: item,
  }))
}

/** Fields that the article fills in, and of which the type's file doesn't say what they become, or not for this option. */
function unmappedOf(form: Form, values: Values, { secretAt }: Describing): Described[] {
  const { type } = form
  const known = [type.name.setting, type.subscription, type.resourceGroup, type.location]
  // Without its resource group nothing can be told of what is in it.
  if (type.resourceGroup && values.group === undefined) return []
  return [...form.fields.values()].flatMap(field => {
    if (known.some(labels => isOneOf(field.setting, labels)) || secretAt(field.index) !== undefined) return []
    const setting = type.settings.find(each => isOneOf(field.setting, each.setting))
    const asksNothing = setting && (setting.path ?? setting.read) === undefined && setting.only !== true
    const isMapped = asksNothing || (setting && values.becomes(setting) !== undefined)
    if (isMapped) return []
    return [{ ...described(field), ...offeredBy(setting, values) }]
  })
}

function offeredBy(setting: SettingType | undefined, { lookup }: Values): { offered?: string[] } {
  if (setting?.only === true) {
    const options = Object.entries(setting.values ?? {})
    // An option may have a long and a short name: the first is the one that forms show.
    const isFirst = (value: unknown, at: number) => options.findIndex(option => option[1] === value) === at
    return { offered: options.filter(([, value], at) => isFirst(value, at)).map(([name]) => name) }
  }
  if (setting?.otherwise?.startsWith(proposed) !== true) return {}
  const offer = fillTemplate(setting.otherwise, lookup)
  return offer === undefined ? {} : { offered: [offer] }
}

function described(field: Field): Described
function described(field: Field | undefined): Described | undefined
function described(field: Field | undefined): Described | undefined {
  return field && { setting: field.setting, value: field.value, place: field.place }
}

/** All labels of a setting that the type's file requires by its first one. */
function labelsOf({ type }: Form, setting: string): readonly string[] {
  const groups: (ResourceType['called'] | undefined)[] = [
    type.name.setting,
    type.subscription,
    type.resourceGroup,
    type.location,
    ...type.settings.map(each => each.setting),
  ]
  return groups.find(group => isOneOf(setting, group)) ?? [setting]
}

function appendAt(body: Record<string, unknown>, path: string, item: unknown): void {
  const found = keysOf(path).reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    body,
  )
  putAt(body, path, [...(Array.isArray(found) ? (found as unknown[]) : []), item])
}
