/** A point in a file: 1-based line and column, 0-based offset in UTF-16 units. */
export interface Point {
  line: number
  column: number
  offset: number
}

/**
 * Where a node stands. An article is stitched together from includes, so every place names its file:
 * `path` is as one would type it from the working directory, with forward slashes.
 */
export interface Place {
  path: string
  start: Point
  end: Point
}

/** A Markdown file in Microsoft Learn's flavour, read. */
export interface Article {
  type: 'article'
  path: string
  /** SHA-256 of the source text, hexadecimal. */
  hash: string
  title: string
  frontMatter: Record<string, unknown>
  sections: Section[]
  procedures: Procedure[]
  images: Image[]
  /** The files that were read beside the article itself (includes, code from files), as paths like `path`. */
  includes: string[]
  messages: Message[]
  place: Place
}

/** A heading of the article, in document order. */
export interface Section {
  type: 'section'
  title: string
  depth: number
  /** The heading's anchor as Learn makes it. */
  slug: string
  place: Place
}

/** A heading and the steps under it. */
export interface Procedure {
  type: 'procedure'
  /** The nearest heading, or the article's title. */
  title: string
  /** All headings above the steps, outermost first, the article's title left out. */
  headings: string[]
  /** The tabs, pivots and monikers that the procedure stands in, outermost first. */
  variants: Variant[]
  steps: Step[]
  place: Place
}

/** One choice that Learn offers its readers: `# [Portal](#tab/portal)`, `::: zone pivot="cli"`, `::: moniker range="..."`. */
export interface Variant {
  kind: 'tab' | 'pivot' | 'moniker'
  id: string
  label: string
}

/** One list item of a procedure; a nested list item is a step of its own. */
export interface Step {
  type: 'step'
  /** As a reader counts: `1`, `2`, `2.1`. */
  number: string
  depth: number
  /** The step's own sentences as plain text, without table, code or nested steps. */
  text: string
  content: Content[]
  variants: Variant[]
  /** From the list marker to the end of the step's own content. */
  place: Place
}

export type Content = Paragraph | Table | Code | Image | Note

/** Sentences. `children` are mdast's inline nodes, whose positions count in the file that `place` names. */
export interface Paragraph {
  type: 'paragraph'
  children: import('mdast').PhrasingContent[]
  place: Place
}

export interface Table {
  type: 'table'
  header: Cell[]
  rows: Row[]
  place: Place
}

export interface Row {
  type: 'row'
  cells: Cell[]
  place: Place
}

export interface Cell {
  type: 'cell'
  text: string
  children: import('mdast').PhrasingContent[]
  place: Place
}

export interface Code {
  type: 'code'
  /** As the fence says it, in lower case: `azurecli-interactive`, `bash`, ''. */
  language: string
  value: string
  place: Place
}

export interface Image {
  type: 'image'
  /** As the article writes it. */
  source: string
  alt: string
  lightbox?: string
  place: Place
}

/** NOTE, TIP, IMPORTANT, CAUTION or WARNING: not an instruction by itself. */
export interface Note {
  type: 'note'
  kind: 'note' | 'tip' | 'important' | 'caution' | 'warning'
  children: Paragraph[]
  place: Place
}

/** A problem in the article: data, not an exception. What was found, what would be right, where, and a rule name. */
export interface Message {
  rule: string
  severity: 'error' | 'warning' | 'info'
  message: string
  place: Place
}
