/** Where a run keeps pictures of a step until they were compared with the article's own, under its output folder. */
export const captureFolder = (plan: string, step: string): string => `captures/${plan}/${step}`

/** Where the element stands that was used, in the pixels of a picture. */
export interface Focus {
  x: number
  y: number
  width: number
  height: number
}

/** The name of a step's picture: its number, and where the element is that was used. */
export function captureName(index: number, focus: Focus | undefined): string {
  const box = focus ? [focus.x, focus.y, focus.width, focus.height].map(Math.round).join(',') : ''
  return `${index}@${box}.png`
}

/** What `captureName` put into a name; undefined when it knew no element. */
export function focusIn(name: string): Focus | undefined {
  const numbers = /@(-?\d+),(-?\d+),(\d+),(\d+)\.png$/.exec(name)?.slice(1).map(Number)
  const [x, y, width, height] = numbers ?? []
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined
  return { x, y, width, height }
}
