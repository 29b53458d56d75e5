import { createContext, useContext } from 'react'
import type { Kit } from './kit.ts'

const KitContext = createContext<Kit | undefined>(undefined)

export const KitProvider = KitContext.Provider

export function useKit(): Kit {
  const kit = useContext(KitContext)
  if (!kit) throw new Error('A form was rendered without a set of controls.')
  return kit
}
