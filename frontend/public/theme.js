// Choose light or dark, language and size of text before anything is painted.
(() => {
  const root = document.documentElement;
  const kept = (name) => {
    try {
      return localStorage.getItem(`xpilot.${name}`);
    } catch {
      return null;
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = kept("theme") || (dark ? "dark" : "light");
  root.lang = kept("language") || "zh-CN";
  if (kept("size")) root.dataset.size = kept("size");
})();
