import { createContext, useContext } from 'react'
import type { Delays } from './delays.ts'
import type { Change, ResourceManager } from './resource-manager.ts'
import type { Route } from './route.ts'
import type { Settings } from './settings.ts'
import type { PickerOption } from './wizard/kit.ts'

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
  /** Changes something and tells of it in notifications; resolves when it has ended, true when it succeeded. */
  carryOut(task: Task): Promise<boolean>
  /** True while what was just created may not be found yet. */
  isFresh(id: string): Promise<boolean>
  /** Calls back when the page should read again; returns what ends that. */
  onRefresh(listener: () => void): () => void
}

export type Pane =
  | QuestionPane
  | { type: 'delete-group'; id: string; name: string }
  | { type: 'delete-resource'; id: string; name: string; kind: string }
  | { type: 'delete-several'; resources: NamedResource[] }
  | { type: 'note'; title: string; text: string }
  | { type: 'notifications' }
  | { type: 'settings' }
  | { type: 'stub'; title: string }

export interface NamedResource {
  id: string
  name: string
  type: string
}

/** Panes of the shell that pages open, also those in frames. */
export type QuestionPane =
  | { type: 'extended-zones'; subscription: string }
  | { type: 'form'; title: string; button: string; fields: PaneField[] }
  | { type: 'confirm'; title: string; text: string; accept: string; decline: string }
  /** Machines of a region, those apart that are `taken` already. The answer has the id of each that was ticked, with its name. */
  | { type: 'machines'; subscription: string; location: string; chosen: string[]; taken: string[] }

export type PaneAnswer = Record<string, string>

/** What a pane asks for, or says. */
export type PaneField = (
  | { kind: 'note'; text: string }
  /** `mustBe`: only these very letters will do. */
  | { kind: 'input'; id: string; label: string; initial?: string; optional?: boolean; mustBe?: string }
  /** Without an initial key something has to be picked. */
  | { kind: 'pick' | 'radio'; id: string; label: string; options: PickerOption[]; initial?: string }
) & {
  /** It is there only while another field has that value. */
  when?: { field: string; is: string }
}

/** A change of something in Azure, with the words of its notifications. */
export interface Task {
  change: Change
  /** A deletion after which it is still there, for a while: its page stays. */
  soft?: boolean
  texts: Record<'running' | 'done' | 'failed', { title: string; description: string }>
}

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
