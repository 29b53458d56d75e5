/** What a client's model is on its way: dates are texts. */
export type Wire<Model> = Model extends Date
  ? string
  : Model extends (infer One)[]
    ? Wire<One>[]
    : Model extends object
      ? { [Key in keyof Model]: Wire<Model[Key]> }
      : Model
