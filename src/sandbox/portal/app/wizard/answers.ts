import type { Answers, Field, ListDeclaration, PickDeclaration, Row, WizardDeclaration } from './declaration.ts'
import { newKey, newName } from './declaration.ts'
import type { PickerOption } from './kit.ts'
import type { Project } from './project.ts'
import { groupOptions, regionOptions, subscriptionOptions, textOf } from './project.ts'
import type { Tag } from './tags.tsx'
import { checkTags, describeTagList, toRecord } from './tags.tsx'
import type { Problem } from './wizard.tsx'

/** What a person changed; everything else has the value that its declaration begins with. */
export interface Entries {
  values: Readonly<Record<string, string>>
  rows: Readonly<Record<string, Row[]>>
  tags: Tag[]
  zone: ChosenZone | undefined
}

export interface ChosenZone {
  name: string
  displayName: string
}

export const noEntries: Entries = { values: {}, rows: {}, tags: [], zone: undefined }

/** Options that Resource Manager gave, by field; undefined while they are on their way. */
export type LoadedOptions = Readonly<Record<string, PickerOption[] | undefined>>

export interface Form {
  declaration: WizardDeclaration
  project: Project
  entries: Entries
  loaded: LoadedOptions
}

/** Everything that a form says, filled in or proposed. */
export function answersOf({ declaration, project, entries, loaded }: Form): Answers {
  const fields = declaration.tabs.flatMap(tab => tab.fields)
  const answers: Answers = {
    subscription: project.subscriptions.selected ?? '',
    group: project.groups.selected ?? '',
    location: project.locations.selected ?? '',
    zone: entries.zone?.name,
    tags: toRecord(entries.tags),
    value(id) {
      const entered = entries.values[id]
      const field = fields.find(one => 'id' in one && one.id === id)
      if (field?.kind !== 'pick') return entered ?? initialOf(field)
      const options = optionsOf(field, answers, loaded, entries)
      if (entered !== undefined && options.some(({ key }) => key === entered)) return entered
      return proposal(field, options, answers) ?? ''
    },
    isOn: id => answers.value(id) === on,
    rows(id) {
      const field = fields.find((one): one is ListDeclaration => one.kind === 'list' && one.id === id)
      return entries.rows[id] ?? field?.initial ?? []
    },
  }
  return answers
}

export const on = 'on'
export const off = 'off'

function initialOf(field: Field | undefined): string {
  if (field?.kind === 'check') return field.initial ? on : off
  return field && 'initial' in field && typeof field.initial === 'string' ? field.initial : ''
}

function proposal({ initial, placeholder }: PickDeclaration, options: PickerOption[], answers: Answers) {
  if (typeof initial === 'function') return initial(options, answers)
  if (initial !== undefined) return options.find(({ key }) => key === initial)?.key
  return placeholder === undefined ? options[0]?.key : undefined
}

/** What a drop-down offers now; first what its "Create new" named. */
export function optionsOf(
  field: PickDeclaration,
  answers: Answers,
  loaded: LoadedOptions,
  { values }: Entries,
): PickerOption[] {
  const known = typeof field.options === 'function' ? field.options(answers, loaded[field.id] ?? []) : field.options
  const created = field.createNew && newName(values[field.id] ?? '')
  if (created === undefined || known.some(({ key }) => key === newKey(created))) return known
  return [{ key: newKey(created), text: `(new) ${created}` }, ...known]
}

/** The fields that a tab shows now. */
export function shownFields(fields: Field[], answers: Answers): Field[] {
  return fields.filter(({ when }) => when === undefined || when(answers))
}

const empty = 'The value must not be empty.'

/** Everything that keeps a form from being submitted. */
export function findProblems(form: Form): Problem[] {
  const answers = answersOf(form)
  return form.declaration.tabs.flatMap(tab =>
    shownFields(tab.fields, answers).flatMap(field => {
      const found = problemWith(field, answers, form)
      return found ? [{ tab: tab.id, field: keyOf(field), ...found }] : []
    }),
  )
}

/** What a problem and a field are matched by. */
export const keyOf = (field: Field): string => ('id' in field ? field.id : field.kind)

function problemWith(field: Field, answers: Answers, form: Form): Pick<Problem, 'message' | 'kind'> | undefined {
  const missing = (value: string) => (value === '' ? ({ message: empty, kind: 'required' } as const) : undefined)
  const broken = (message: string | undefined) =>
    message === undefined ? undefined : ({ message, kind: 'rule' } as const)
  switch (field.kind) {
    case 'subscription':
    case 'group':
      return missing(answers[field.kind])
    case 'region':
      return missing(answers.location)
    case 'tags':
      return broken(checkTags(form.entries.tags))
    case 'input':
    case 'password': {
      const value = answers.value(field.id)
      if (value === '') return field.required ? missing(value) : undefined
      return broken(field.check?.(value, answers))
    }
    case 'pick':
      return field.required ? missing(answers.value(field.id)) : undefined
    case 'list': {
      const rows = answers.rows(field.id)
      return broken(rows.map(row => field.check(row, rows, answers)).find(message => message !== undefined))
    }
    default:
      return undefined
  }
}

/** Label and value of a tab's fields, as the last tab shows them. */
export function reviewOf(fields: Field[], form: Form): [label: string, value: string][] {
  const answers = answersOf(form)
  return shownFields(fields, answers).flatMap((field): [string, string][] => {
    switch (field.kind) {
      case 'subscription':
        return [['Subscription', textOf(subscriptionOptions(form.project), answers.subscription)]]
      case 'group':
        return [['Resource group', textOf(groupOptions(form.project), answers.group)]]
      case 'region':
        return [['Region', regionText(form)]]
      case 'tags':
        return describeTagList(form.entries.tags)
      case 'input':
        return [[field.label, answers.value(field.id)]]
      case 'pick': {
        const options = optionsOf(field, answers, form.loaded, form.entries)
        return [[field.label, textOf(options, answers.value(field.id))]]
      }
      case 'radio':
        return [[field.label, textOf(field.options, answers.value(field.id))]]
      case 'check':
        return [[field.label, answers.isOn(field.id) ? 'Enabled' : 'Disabled']]
      case 'list':
        return [
          [
            field.label,
            answers
              .rows(field.id)
              .map(row => Object.values(row).join(' '))
              .join(', '),
          ],
        ]
      default:
        return []
    }
  })
}

/** What stands in the Region field: an extended zone with its region, where one was chosen. */
export function regionText({ project, entries }: Pick<Form, 'project' | 'entries'>): string {
  const region = textOf(regionOptions(project), project.locations.selected)
  return entries.zone === undefined ? region : `${entries.zone.displayName} (${region})`
}
