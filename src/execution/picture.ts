import jpeg from 'jpeg-js'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** A picture as red, green, blue and alpha of each pixel, row by row. */
export interface Pixels {
  width: number
  height: number
  data: Uint8Array
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Formats that can be read and written, by extension. */
export const pictureFormats = ['.png', '.jpg', '.jpeg']

/** Larger pictures are not decoded: an article is untrusted. Pixels. */
const most = 40_000_000

/** @throws Error for what is no picture of the format, or a larger one than articles hold. */
export function decodePicture(bytes: Buffer, extension: string): Pixels {
  if (extension !== '.png') return jpeg.decode(bytes, { useTArray: true, maxResolutionInMP: most / 1e6 })
  if (bytes.length < 24 || bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > most)
    throw new Error('Too large a picture.')
  return PNG.sync.read(bytes)
}

/** `quality` is that of JPEG, 1 to 100. */
export function encodePicture({ width, height, data }: Pixels, extension: string, quality = 90): Buffer {
  if (extension !== '.png') return jpeg.encode({ width, height, data }, quality).data
  const picture = new PNG({ width, height })
  picture.data = Buffer.from(data)
  return PNG.sync.write(picture)
}

/**
 * A picture as a JPEG that is light enough for a page with many: at most 960 pixels wide, on white where it is transparent.
 *
 * @throws Error like `decodePicture`.
 */
export function lighterPicture(bytes: Buffer, extension: string): Buffer {
  const picture = decodePicture(bytes, extension)
  const width = Math.min(widest, picture.width)
  const height = Math.max(1, Math.round((picture.height * width) / picture.width))
  return encodePicture(onWhite(scalePicture(picture, width, height)), '.jpg', 75)
}

const widest = 960

function onWhite({ width, height, data }: Pixels): Pixels {
  const opaque = Uint8Array.from(data, (value, at) => {
    const alpha = data[at - (at % 4) + 3] ?? 255
    return at % 4 === 3 ? 255 : Math.round((value * alpha) / 255 + 255 - alpha)
  })
  return { width, height, data: opaque }
}

/** Each pixel becomes the mean of the area that it stands for, parts of pixels included. */
export function scalePicture(picture: Pixels, width: number, height: number): Pixels {
  if (width === picture.width && height === picture.height) return picture
  const columns = weightsOf(picture.width, width)
  const rows = weightsOf(picture.height, height)
  const data = new Uint8Array(width * height * 4)
  const line = new Float32Array(picture.width * 4)
  for (let y = 0; y < height; y++) {
    line.fill(0)
    const row = rows[y]
    row?.weights.forEach((weight, index) => {
      const from = (row.from + index) * line.length
      for (let at = 0; at < line.length; at++) line[at] = (line[at] ?? 0) + weight * (picture.data[from + at] ?? 0)
    })
    for (let x = 0; x < width; x++) {
      const column = columns[x]
      if (!column) continue
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0
        for (let index = 0; index < column.weights.length; index++)
          sum += (column.weights[index] ?? 0) * (line[(column.from + index) * 4 + channel] ?? 0)
        data[(y * width + x) * 4 + channel] = Math.round(sum)
      }
    }
  }
  return { width, height, data }
}

/** For each of `count` new pixels, which of the `total` old ones it covers, and how much of it each of them is. */
function weightsOf(total: number, count: number): { from: number; weights: number[] }[] {
  const length = total / count
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [index * length, (index + 1) * length]
    const from = Math.floor(start)
    const last = Math.min(total, Math.max(from + 1, Math.ceil(end - 1e-9)))
    const weights = Array.from({ length: last - from }, (_, offset) => {
      const at = from + offset
      return (Math.min(end, at + 1) - Math.max(start, at)) / length
    })
    return { from, weights }
  })
}

export function cropPicture(picture: Pixels, { x, y, width, height }: Box): Pixels {
  const data = new Uint8Array(width * height * 4)
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * 4
    data.set(picture.data.subarray(from, from + width * 4), row * width * 4)
  }
  return { width, height, data }
}

/**
 * Where on a screen an article's picture was cut out of, whatever its scale, and how well it fits there: the correlation of
 * their brightness, 1 for the same. From coarse to fine, because looking everywhere at full size would take minutes.
 */
export function findPicture(picture: Pixels, screen: Pixels): { box: Box; fit: number } {
  const coarse = scales
    .concat(screen.width / picture.width)
    .map(scale => ({ width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) }))
    .filter(
      ({ width, height }) =>
        width <= screen.width * 1.01 && height <= screen.height * 1.01 && width >= 48 && height >= 48,
    )
    .map(({ width, height }) => ({ width: Math.min(width, screen.width), height: Math.min(height, screen.height) }))
    .map(size => bestPlace(picture, screen, { size, step: 12, around: undefined }))
    .toSorted((a, b) => b.fit - a.fit)
  const [close] = coarse
    .slice(0, 3)
    .map(({ box }) => bestPlace(picture, screen, { size: box, step: 4, around: { ...box, reach: 12 } }))
    .toSorted((a, b) => b.fit - a.fit)
  if (!close) return { box: windowOf(picture, screen), fit: 0 }
  const closer = bestPlace(picture, screen, { size: close.box, step: 2, around: { ...close.box, reach: 4 } })
  // Letters that are a pixel off differ.
  return bestPlace(picture, screen, { size: closer.box, step: 1, around: { ...closer.box, reach: 1 } })
}

/** Pictures of articles are cut out of screens of ordinary and of double density, and made smaller. Screen pixels per pixel. */
const scales = [1, 0.5, 2 / 3, 0.8, 1.25, 4 / 3, 1.5, 2]

/**
 * How much of what a picture shows people would see to differ from a part of a screen, 0 to 1. Pages are mostly empty: only
 * what stands out from the commonest colour counts as shown.
 */
export function differenceOf(picture: Pixels, screen: Pixels, box: Box): number {
  const width = Math.min(picture.width, box.width, 800)
  const height = Math.max(1, Math.round((picture.height * width) / picture.width))
  const one = scalePicture(picture, width, height)
  const other = scalePicture(cropPicture(screen, box), width, height)
  const differing = countDiffering(one, other)
  const shown = Math.max(...[one, other].map(each => countDiffering(each, background(each))), 1)
  return Math.min(1, differing / shown)
}

function countDiffering(one: Pixels, other: Pixels): number {
  return pixelmatch(one.data, other.data, undefined, one.width, one.height, { threshold: 0.15 })
}

/** A picture of the same size in the colour that is commonest in it. */
function background({ width, height, data }: Pixels): Pixels {
  const colours = new Uint32Array(data.buffer.slice(data.byteOffset, data.byteOffset + width * height * 4))
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const [commonest = 0] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0])
  return { width, height, data: new Uint8Array(new Uint32Array(width * height).fill(commonest).buffer) }
}

/**
 * The largest part of a screen that has the shape of a picture: around the element that was used, when that is known, else
 * from the top left.
 */
export function windowOf(picture: Pixels, screen: Pixels, focus?: Box): Box {
  const scale = Math.min(1, screen.width / picture.width, screen.height / picture.height)
  const width = Math.round(picture.width * scale)
  const height = Math.round(picture.height * scale)
  const start = (middle: number, length: number, whole: number) =>
    Math.round(Math.min(Math.max(0, middle - length / 2), whole - length))
  return {
    x: focus ? start(focus.x + focus.width / 2, width, screen.width) : 0,
    y: focus ? start(focus.y + focus.height / 2, height, screen.height) : 0,
    width,
    height,
  }
}

/** Whether a picture shows a page in a dark theme: most of it is dark. */
export function isDark({ data }: Pixels): boolean {
  let dark = 0
  for (let at = 0; at < data.length; at += 4)
    if ((data[at] ?? 0) * 0.3 + (data[at + 1] ?? 0) * 0.59 + (data[at + 2] ?? 0) * 0.11 < 96) dark++
  return dark > data.length / 8
}

interface Search {
  size: { width: number; height: number }
  /** How many pixels of the screen become one. */
  step: number
  around: { x: number; y: number; reach: number } | undefined
}

function bestPlace(picture: Pixels, screen: Pixels, { size, step, around }: Search): { box: Box; fit: number } {
  const whole = brightness(screen, Math.floor(screen.width / step), Math.floor(screen.height / step))
  const part = brightness(picture, Math.floor(size.width / step), Math.floor(size.height / step))
  const lastX = whole.width - part.width
  const lastY = whole.height - part.height
  const range = (at: number | undefined, last: number): [number, number] =>
    at === undefined || !around
      ? [0, last]
      : [Math.max(0, Math.floor((at - around.reach) / step)), Math.min(last, Math.ceil((at + around.reach) / step))]
  const [fromX, toX] = range(around?.x, lastX)
  const [fromY, toY] = range(around?.y, lastY)
  let best = { x: Math.min(fromX, lastX), y: Math.min(fromY, lastY), fit: -1 }
  for (let y = fromY; y <= toY; y++)
    for (let x = fromX; x <= toX; x++) {
      const fit = correlation(part, whole, x, y)
      if (fit > best.fit) best = { x, y, fit }
    }
  const x = Math.min(best.x * step, screen.width - size.width)
  const y = Math.min(best.y * step, screen.height - size.height)
  return { box: { x, y, width: size.width, height: size.height }, fit: best.fit }
}

interface Brightness {
  width: number
  height: number
  values: Float32Array
}

function brightness(picture: Pixels, width: number, height: number): Brightness {
  const { data } = scalePicture(picture, width, height)
  const values = new Float32Array(width * height)
  for (let at = 0; at < values.length; at++)
    values[at] = 0.3 * (data[at * 4] ?? 0) + 0.59 * (data[at * 4 + 1] ?? 0) + 0.11 * (data[at * 4 + 2] ?? 0)
  return { width, height, values }
}

function correlation(part: Brightness, whole: Brightness, x: number, y: number): number {
  let [one, other, ones, others, both] = [0, 0, 0, 0, 0]
  for (let row = 0; row < part.height; row++)
    for (let column = 0; column < part.width; column++) {
      const a = part.values[row * part.width + column] ?? 0
      const b = whole.values[(y + row) * whole.width + x + column] ?? 0
      one += a
      other += b
      ones += a * a
      others += b * b
      both += a * b
    }
  const count = part.width * part.height
  const spread = Math.sqrt((ones - (one * one) / count) * (others - (other * other) / count))
  return spread < 1 ? 0 : (both - (one * other) / count) / spread
}
