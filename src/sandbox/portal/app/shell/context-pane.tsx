import { DismissRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import type { Pane, PaneAnswer } from '../host.ts'
import type { Route } from '../route.ts'
import { Confirmation } from './confirmation.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { DeleteResource } from './delete-resource.tsx'
import { DeleteSeveral } from './delete-several.tsx'
import { ExtendedZonesPane } from './extended-zones-pane.tsx'
import { FormPane } from './form-pane.tsx'
import { MachinesPane } from './machines-pane.tsx'
import type { NotificationStore } from './notification-store.ts'
import { NotificationsPane } from './notifications-pane.tsx'
import type { Operations } from './operations.ts'
import { SettingsPane } from './settings-pane.tsx'

export interface ContextPaneProps<Kind extends Pane = Pane> {
  pane: Kind
  operations: Operations
  notifications: NotificationStore
  onGo(route: Route): void
  onClose(answer?: PaneAnswer): void
}

type PaneContent<Type extends Pane['type']> = (props: ContextPaneProps<Extract<Pane, { type: Type }>>) => ReactElement

const contents: { [Type in Pane['type']]: PaneContent<Type> } = {
  'delete-group': DeleteGroup,
  'delete-resource': DeleteResource,
  'delete-several': DeleteSeveral,
  'extended-zones': ExtendedZonesPane,
  form: FormPane,
  confirm: ({ pane, onClose }) => <Confirmation {...pane} onConfirm={() => onClose({})} onDecline={() => onClose()} />,
  machines: MachinesPane,
  note: ({ pane }) => <p className="fxs-pane-text">{pane.text}</p>,
  notifications: NotificationsPane,
  settings: SettingsPane,
  stub: () => <p className="fxs-pane-text">This is not part of the sandbox.</p>,
}

const titles: { [Type in Pane['type']]: (pane: Extract<Pane, { type: Type }>) => string } = {
  'delete-group': () => 'Delete a resource group',
  'delete-resource': ({ kind }) => `Delete ${kind}`,
  'delete-several': () => 'Delete Resources',
  'extended-zones': () => 'Azure Extended Zones',
  form: ({ title }) => title,
  confirm: ({ title }) => title,
  machines: () => 'Select virtual machines',
  note: ({ title }) => title,
  notifications: () => 'Notifications',
  settings: () => 'Portal settings',
  stub: ({ title }) => title,
}

/** A blade over the right side. It belongs to the shell, also when a frame opened it (portal-facts.md §2). */
export function ContextPane(props: ContextPaneProps) {
  const { pane, onClose } = props
  const surface = useRef<HTMLElement>(null)
  const Content = contents[pane.type] as (props: ContextPaneProps) => ReactElement
  const title = (titles[pane.type] as (pane: Pane) => string)(pane)

  useEffect(() => {
    const opener = document.activeElement
    surface.current?.focus()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])

  if (pane.type === 'delete-resource' || pane.type === 'confirm') return <Content {...props} />
  return (
    <section
      ref={surface}
      role="region"
      aria-label={title}
      tabIndex={-1}
      className="fxs-contextpane fxs-portal-contextpane-right"
      onKeyDown={event => event.key === 'Escape' && !event.defaultPrevented && onClose()}
    >
      <div className="fxs-blade-header">
        <h2 className="fxs-blade-title-titleText">{title}</h2>
        <div className="fxs-blade-header-space" />
        <button
          type="button"
          className="fxs-contextpane-close fxs-blade-button"
          aria-label={`Close content '${title}'`}
          onClick={() => onClose()}
        >
          <DismissRegular />
        </button>
      </div>
      <Content {...props} />
    </section>
  )
}
