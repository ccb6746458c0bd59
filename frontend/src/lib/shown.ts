/** What an address holds, shown as soon as it is chosen. */

import { startTransition, useOptimistic } from "react";

/** Give what is held, or what was chosen until going there has ended. A control that waited for the address would hold
 * the old choice for a moment, and whoever sent the form in that moment would send that. */
export function useShownAtOnce<T>(held: T): [T, (next: T, go: () => Promise<void>) => void] {
  const [shown, show] = useOptimistic(held);
  const choose = (next: T, go: () => Promise<void>): void =>
    startTransition(async () => {
      show(next);
      await go();
    });
  return [shown, choose];
}
