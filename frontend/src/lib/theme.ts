/** Light or dark, set on the document before the first paint by `public/theme.js` and kept here. */

import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const listeners = new Set<() => void>();

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  keep("theme", theme);
  for (const tell of listeners) tell();
}

export function useTheme(): Theme {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentTheme);
}

/** Keep a choice of this browser's; a browser that keeps nothing just forgets it. */
export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`xpilot.${name}`);
    else localStorage.setItem(`xpilot.${name}`, value);
  } catch {
    // Private windows may refuse; nothing depends on it.
  }
}

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`xpilot.${name}`);
  } catch {
    return null;
  }
}
