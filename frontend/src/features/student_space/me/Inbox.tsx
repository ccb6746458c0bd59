import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { markMessagesRead } from "@/api/light/sdk.gen.ts";
import type { MessageOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import * as asks from "../kit/ask.ts";
import { Screen } from "../kit/Screen.tsx";

/** What the student was told, the newest first. */
export function Inbox() {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const { items } = useSuspenseQuery(asks.messages()).data;
  const unread = items.filter((it) => it.read_at === null).map((it) => it.id);
  const read = async (ids: string[]): Promise<void> => {
    try {
      await markMessagesRead({ body: { message_ids: ids }, throwOnError: true });
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <Screen title={t("inbox.title")} back={{ to: "/m", title: t("tab.home") }}>
      {items.length === 0 && <Empty title={t("inbox.empty")} hint={t("inbox.emptyHint")} />}
      {error !== null && <ProblemNote error={error} />}
      {unread.length > 0 && (
        <button type="button" className="button plain" onClick={() => void read(unread)}>
          {t("inbox.read")}
        </button>
      )}
      <ul className="plain-list inbox">
        {items.map((it) => (
          <Message key={it.id} message={it} onRead={() => void read([it.id])} />
        ))}
      </ul>
    </Screen>
  );
}

function Message({ message, onRead }: { message: MessageOut; onRead: () => void }) {
  const { t } = useTranslation("student");
  return (
    <li className={message.read_at ? "card" : "card is-unread"}>
      <strong>
        {!message.read_at && <span className="unread-dot" role="img" aria-label={t("inbox.isUnread")} />}
        {message.title}
      </strong>
      <p>{message.text}</p>
      <p className="message-foot">
        <span className="muted num">{instant(message.sent_at)}</span>
        <About message={message} onRead={onRead} />
      </p>
    </li>
  );
}

/** Leads to what the message is about, where that has a screen. */
function About({ message, onRead }: { message: MessageOut; onRead: () => void }) {
  const { t } = useTranslation("student");
  const id = message.object_id;
  const says = t("inbox.open");
  const told = `${says}：${message.title}`;
  if (message.object_kind === "award" && id) {
    return (
      <Link to="/m/awards/$awardId" params={{ awardId: id }} aria-label={told} onClick={onRead}>
        {says}
      </Link>
    );
  }
  if (message.object_kind === "registration" && id) {
    return (
      <Link to="/m/exams/$registrationId" params={{ registrationId: id }} aria-label={told} onClick={onRead}>
        {says}
      </Link>
    );
  }
  if (message.object_kind === "conversion" && id) {
    return (
      <Link to="/m/conversions/$conversionId" params={{ conversionId: id }} aria-label={told} onClick={onRead}>
        {says}
      </Link>
    );
  }
  if (message.object_kind === "learning_outcome") {
    return (
      <Link to="/m/credits" aria-label={told} onClick={onRead}>
        {says}
      </Link>
    );
  }
  return null;
}
