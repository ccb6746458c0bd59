const PATHS = {
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  exams: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
  awards: "M12 3a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM8.5 14l-1.5 7 5-3 5 3-1.5-7",
  credits: "M4 6h16v13H4zM4 10h16M8 15h3",
  me: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c.6-4 3.8-6 8-6s7.4 2 8 6",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4",
  back: "M14 6l-6 6 6 6",
  next: "M9 6l6 6-6 6",
  check: "M5 13l4 4L19 7",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4l3 2",
  cross: "M7 7l10 10M17 7L7 17",
  note: "M12 5v9M12 18v.5",
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside a word; the word says what it means. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
