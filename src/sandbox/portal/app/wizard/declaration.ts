import type { ResourceManager } from '../resource-manager.ts'
import type { Traits } from '../../traits.ts'
import type { PickerOption } from './kit.ts'

/** A wizard as data: what it asks for, tab by tab, and what comes of the answers. */
export interface WizardDeclaration {
  title: string
  /** The name of its frame, where it has one. */
  frame: string
  tabs: Tab[]
  /** What is wrong by what Resource Manager knows, or undefined. */
  conflict?(answers: Answers, resourceManager: ResourceManager): Promise<string | undefined>
  /** The name of the key pair to be made before the resources, whose private key is downloaded; its public key becomes the answer `publicKey`. */
  keyPair?(answers: Answers): string | undefined
  outcome: Outcome
}

/** Labels and tabs differ from year to year (portal-facts.md §14). */
export type Declare = (traits: Traits) => WizardDeclaration

export type Outcome =
  | { type: 'deployment'; name: string; resources(answers: Answers): TemplateResource[] }
  /** No deployment: the group itself, named by the field `name`. */
  | { type: 'group' }

export interface TemplateResource {
  type: string
  apiVersion: string
  name: string
  dependsOn?: string[]
  [property: string]: unknown
}

export interface Tab {
  id: string
  title: string
  fields: Field[]
}

export type Field = (
  | { kind: 'heading' | 'text'; text: string }
  /** The part that every form begins with, and the grid of tags. */
  | { kind: 'subscription' | 'group' | 'tags' }
  /** `zones`: has a link to the extended zones. */
  | { kind: 'region'; zones?: boolean }
  | TextDeclaration
  | PickDeclaration
  | RadioDeclaration
  | CheckDeclaration
  | ListDeclaration
) & {
  /** Whether it is there at all, by what was answered. */
  when?(answers: Answers): boolean
}

interface Asked {
  /** Its key among the answers. */
  id: string
  label: string
  info?: string
}

export interface TextDeclaration extends Asked {
  kind: 'input' | 'password'
  required?: boolean
  placeholder?: string
  initial?: string
  /** The rule that a value breaks, in the portal's words. */
  check?(value: string, answers: Answers): string | undefined
}

export interface PickDeclaration extends Asked {
  kind: 'pick'
  required?: boolean
  placeholder?: string
  options: PickerOption[] | ((answers: Answers, loaded: PickerOption[]) => PickerOption[])
  /** What only Resource Manager knows: read again, and the choice reset, when subscription, region or `reloadOn` change. */
  load?(scope: Scope): Promise<PickerOption[]>
  /** The first option without it. */
  initial?: string | ((options: PickerOption[], answers: Answers) => string | undefined)
  /** A link below it that notes the name of something new (portal-facts.md §5.1). */
  createNew?: { text: string; about: string; check(name: string): string | undefined }
}

export interface Scope {
  resourceManager: ResourceManager
  subscription: string
  location: string
  zone: string | undefined
}

export interface RadioDeclaration extends Asked {
  kind: 'radio'
  options: PickerOption[]
  initial: string
}

export interface CheckDeclaration extends Asked {
  kind: 'check'
  initial?: boolean
}

/** Things of which there can be several, each added in a pane (portal-facts.md §6: the subnets of a virtual network). */
export interface ListDeclaration extends Asked {
  kind: 'list'
  columns: Record<string, string>
  initial: Row[]
  add: { text: string; pane: string; button: string }
  remove: string
  /** What a pane asks for. */
  fields: { id: string; label: string; initial?: string }[]
  check(row: Row, rows: Row[], answers: Answers): string | undefined
}

export type Row = Readonly<Record<string, string>>

/** What was filled in. */
export interface Answers {
  subscription: string
  group: string
  location: string
  /** The name of an extended zone of the location. */
  zone: string | undefined
  /** The value of a text field, the key of a choice; empty without one. */
  value(id: string): string
  isOn(id: string): boolean
  rows(id: string): Row[]
  tags: Record<string, string>
}

/** The key of something that a field's "Create new" named. */
export const newKey = (name: string) => `new:${name}`
/** The name behind such a key, or undefined for what exists. */
export const newName = (key: string) => (key.startsWith('new:') ? key.slice(4) : undefined)
