/** What had the keyboard before a dialog was opened gets it back when the dialog is gone. */

import { useEffect } from "react";

export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // After the dialog has left the page, or it would take the keyboard along.
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body)
          before.focus();
      });
    };
  }, []);
}
