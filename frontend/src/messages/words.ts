/** The shape a translation must have: every key of the Chinese file, each a text. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
