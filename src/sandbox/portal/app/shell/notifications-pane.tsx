import { DismissRegular } from '@fluentui/react-icons'
import type { Pane } from '../host.ts'
import type { ContextPaneProps } from './context-pane.tsx'
import { useNotifications } from './notification-store.ts'
import { StatusIcon } from './toasts.tsx'

/** What the bell opens (portal-facts.md §7). */
export function NotificationsPane({ notifications, onGo }: ContextPaneProps<Extract<Pane, { type: 'notifications' }>>) {
  const items = useNotifications(notifications)
  return (
    <div className="fxs-notifications">
      <div className="fxs-notifications-commands">
        <button type="button" className="fxs-link">
          More events in the activity log
        </button>
        <button type="button" className="fxs-link" onClick={() => notifications.dismissAll()}>
          Dismiss all
        </button>
      </div>
      {items.length === 0 && <p className="fxs-pane-text">No new notifications from this session.</p>}
      <ul>
        {items.map(item => (
          <li key={item.id}>
            <StatusIcon status={item.status} />
            <div className="fxs-toast-text">
              <strong>{item.title}</strong>
              <div>{item.description}</div>
              <div className="fxs-toast-actions">
                {item.actions.map(({ label, route }) => (
                  <button key={label} type="button" onClick={() => onGo(route)}>
                    {label}
                  </button>
                ))}
              </div>
              <small>{item.time.toLocaleTimeString('en-US')}</small>
            </div>
            <button
              type="button"
              className="fxs-toast-close"
              aria-label={`Dismiss ${item.title}`}
              onClick={() => notifications.dismiss(item.id)}
            >
              <DismissRegular />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
