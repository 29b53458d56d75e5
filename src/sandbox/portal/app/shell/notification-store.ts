import { useSyncExternalStore } from 'react'
import type { Route } from '../route.ts'

/** One event of this session, as the bell lists it (portal-facts.md §7). */
export interface Notification {
  id: number
  status: 'progress' | 'success' | 'error' | 'info'
  title: string
  description: string
  time: Date
  actions: { label: string; route: Route }[]
  /** Shown over the page for a while. */
  toast: boolean
}

export type NotificationContent = Pick<Notification, 'status' | 'title' | 'description'> &
  Partial<Pick<Notification, 'actions'>>

export interface NotificationStore {
  add(content: NotificationContent): number
  /** A changed notification is shown again. */
  update(id: number, content: NotificationContent): void
  hideToast(id: number): void
  dismiss(id: number): void
  dismissAll(): void
  read(): readonly Notification[]
  subscribe(listener: () => void): () => void
}

export function createNotificationStore(): NotificationStore {
  let items: readonly Notification[] = []
  let last = 0
  const listeners = new Set<() => void>()

  function change(next: readonly Notification[]) {
    items = next
    for (const listener of listeners) listener()
  }

  const patch = (id: number, part: Partial<Notification>) =>
    change(items.map(item => (item.id === id ? { ...item, ...part } : item)))

  return {
    add(content) {
      const id = (last += 1)
      change([{ id, time: new Date(), actions: [], toast: true, ...content }, ...items])
      return id
    },
    update: (id, content) => patch(id, { actions: [], ...content, time: new Date(), toast: true }),
    hideToast: id => patch(id, { toast: false }),
    dismiss: id => change(items.filter(item => item.id !== id)),
    dismissAll: () => change(items.filter(item => item.status === 'progress')),
    read: () => items,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useNotifications(store: NotificationStore): readonly Notification[] {
  return useSyncExternalStore(store.subscribe, store.read)
}
