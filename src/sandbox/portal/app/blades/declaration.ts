import type { ComponentType } from 'react'
import type { BladeHost } from '../host.ts'
import type { Command } from '../pages/command-bar.tsx'
import type { Resource } from '../resource-manager.ts'
import type { Route } from '../route.ts'
import type { Traits } from '../../traits.ts'

/** A type of resource as data: its menu, and what is behind it. */
export interface ResourceDeclaration {
  /** The groups of its menu, below the entries that every resource has; without it there is no menu. */
  menu?(traits: Traits): Record<string, string[]>
  /** By the item in the address. Tags, locks and properties need not be declared. */
  blades: Readonly<Record<string, BladeDeclaration>> & { overview: BladeDeclaration }
}

export type BladeDeclaration = (OverviewBlade | ListBlade | PropertiesBlade | PageBlade) & {
  /** What stands behind the resource's name where the menu has no such item, and the item that is selected then. */
  beyond?: { title: string; selected: string }
}

/** What a declaration works with. */
export interface Scope {
  id: string
  host: BladeHost
  /** Reads the page again. */
  reload(): void
}

/** A text, one that leads somewhere, or one that does something. */
export type Cell = string | { text: string; route: Route } | { text: string; press(): void }

/** A label with its value, and what changes it: `(move)`, `Update`. */
export interface Fact {
  label: string
  value: Cell
  change?: Cell
}

/** Commands and Essentials (portal-facts.md §2). */
export interface OverviewBlade {
  kind: 'overview'
  read(resource: Resource, scope: Scope): Promise<Overview>
}

export interface Overview {
  commands: Command[]
  facts: Fact[]
  /** What one should know first. */
  warning?: string
}

/** A table of what belongs to the resource. */
export interface ListBlade {
  kind: 'list'
  /** What the table holds. */
  title: string
  columns: string[]
  commands?(scope: Scope): Command[]
  read(scope: Scope): Promise<Row[]>
  empty: string
}

export interface Row {
  key: string
  cells: Cell[]
  /** Buttons at the end of the row. */
  actions?: { text: string; press(): void }[]
}

export interface PropertiesBlade {
  kind: 'properties'
  read(resource: Resource, scope: Scope): Promise<Fact[]>
}

/** A page with controls of its own. */
export interface PageBlade {
  kind: 'page'
  content: ComponentType<{ id: string }>
  frame: string
  /** Was in the main document as long as forms were (portal-facts.md §3, §17.12). */
  form?: boolean
}
