import { readFileSync } from 'node:fs'
import { readTree, type Screen, type ScreenNode } from '../../../src/execution/portal/screen.ts'
import { screens } from './world.ts'

/** A stored page, as it stands in a window of 1600 by 1200. */
export function stored(name: string): Screen {
  const tree: unknown = JSON.parse(readFileSync(`${screens}${name}.json`, 'utf8'))
  return { url: 'https://portal.example/', title: name, nodes: readTree(tree, { width: 1600, height: 1200 }) }
}

/** A node in short: its role, what it is called, and the nearest named thing around it. */
export function brief(node: ScreenNode): string {
  let around = node.parent
  while (around && around.name === '') around = around.parent
  return `${node.role} “${node.name || node.text}”${around ? ` in ${around.role} “${around.name}”` : ''}`
}
