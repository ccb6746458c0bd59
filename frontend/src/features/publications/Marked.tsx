import type { SegmentOut } from "@/api/staff/types.gen.ts";

/** A text with what was searched for marked in it. */
export function Marked({ pieces }: { pieces: readonly SegmentOut[] }) {
  let at = 0;
  return (
    <>
      {pieces.map((piece) => {
        at += piece.text.length;
        return piece.is_hit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>;
      })}
    </>
  );
}

/** A text of which each line is a paragraph. */
export function Paragraphs({ text }: { text: string }) {
  let at = 0;
  return (
    <div className="paragraphs">
      {text.split("\n").map((paragraph) => {
        at += paragraph.length + 1;
        return paragraph.trim() ? <p key={at}>{paragraph}</p> : null;
      })}
    </div>
  );
}
