/** The levels there are, as the API writes them. */
export const LEVELS = ["1", "2", "3"] as const;
