import { createContext, useContext } from 'react'
import type { Delays } from './delays.ts'
import type { ResourceManager } from './resource-manager.ts'
import type { Route } from './route.ts'
import type { Settings } from './settings.ts'

/** What a page may ask of the shell, whether it lives in the shell's document or in a frame. */
export interface BladeHost {
  settings: Settings
  delays: Delays
  resourceManager: ResourceManager
  navigate(route: Route): void
  /** Leaving asks first while a page is dirty. */
  setDirty(dirty: boolean): void
  openPane(pane: Pane): void
  /** Opens a pane that gives something back: undefined when it is closed without. */
  askPane(pane: QuestionPane): Promise<PaneAnswer | undefined>
  /** Rejects when Resource Manager refuses the order; how it ends is shown by notifications and the deployment's page. */
  deploy(order: DeploymentOrder): Promise<void>
  createGroup(order: GroupOrder): Promise<void>
  /** True while what was just created may not be found yet. */
  isFresh(id: string): Promise<boolean>
  /** Calls back when the page should read again; returns what ends that. */
  onRefresh(listener: () => void): () => void
}

export type Pane =
  | QuestionPane
  | { type: 'delete-group'; id: string; name: string }
  | { type: 'delete-resource'; id: string; name: string; kind: string }
  | { type: 'notifications' }
  | { type: 'settings' }
  | { type: 'stub'; title: string }

/** Panes of the shell that forms open, also those in frames. */
export type QuestionPane =
  | { type: 'extended-zones'; subscription: string }
  | { type: 'row'; title: string; button: string; fields: { id: string; label: string; initial?: string }[] }

export type PaneAnswer = Record<string, string>

export interface GroupOrder {
  subscription: string
  name: string
  location: string
  tags: Record<string, string>
}

export interface DeploymentOrder {
  subscription: string
  group: { name: string; isNew: boolean; location: string }
  deployment: string
  template: unknown
}

const HostContext = createContext<BladeHost | undefined>(undefined)

export const HostProvider = HostContext.Provider

export function useHost(): BladeHost {
  const host = useContext(HostContext)
  if (!host) throw new Error('A page was rendered outside of the shell and of a frame.')
  return host
}
