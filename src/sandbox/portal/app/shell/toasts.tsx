import { CheckmarkCircleFilled, DismissRegular, ErrorCircleFilled, InfoFilled } from '@fluentui/react-icons'
import { Spinner } from '@fluentui/react-components'
import { useEffect } from 'react'
import { useHost } from '../host.ts'
import type { Route } from '../route.ts'
import type { Notification, NotificationStore } from './notification-store.ts'
import { useNotifications } from './notification-store.ts'

/** New notifications lie over the top right corner for a while. */
export function Toasts({ store, onGo }: { store: NotificationStore; onGo(route: Route): void }) {
  const toasts = useNotifications(store).filter(({ toast }) => toast)
  return (
    <div className="fxs-toasts" role="log" aria-label="Notifications">
      {toasts.map(toast => (
        <Toast key={`${toast.id}-${toast.time.getTime()}`} toast={toast} store={store} onGo={onGo} />
      ))}
    </div>
  )
}

function Toast({ toast, store, onGo }: { toast: Notification; store: NotificationStore; onGo(route: Route): void }) {
  const { delays } = useHost()
  useEffect(() => {
    const timer = setTimeout(() => store.hideToast(toast.id), delays.next('toast'))
    return () => clearTimeout(timer)
  }, [delays, store, toast.id])
  return (
    <div className="fxs-toast-item" role="alert">
      <StatusIcon status={toast.status} />
      <div className="fxs-toast-text">
        <strong>{toast.title}</strong>
        <div>{toast.description}</div>
        <div className="fxs-toast-actions">
          {toast.actions.map(({ label, route }) => (
            <button key={label} type="button" onClick={() => onGo(route)}>
              {label}
            </button>
          ))}
        </div>
      </div>
      <button
        type="button"
        className="fxs-toast-close"
        aria-label="Dismiss toast notification"
        onClick={() => store.hideToast(toast.id)}
      >
        <DismissRegular />
      </button>
    </div>
  )
}

export function StatusIcon({ status }: { status: Notification['status'] }) {
  if (status === 'progress') return <Spinner size="tiny" aria-label="In progress" />
  if (status === 'success') return <CheckmarkCircleFilled className="fxs-status-success" aria-hidden="true" />
  if (status === 'error') return <ErrorCircleFilled className="fxs-status-error" aria-hidden="true" />
  return <InfoFilled className="fxs-status-info" aria-hidden="true" />
}
