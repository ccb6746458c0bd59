import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { takeCheckInList } from "@/api/staff/sdk.gen.ts";
import type { CheckInListOut } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Labelled } from "@/ui/staff/Labelled.tsx";
import { Door } from "./Door.tsx";
import { keepList, keptList } from "./list.ts";
import { useSending } from "./sending.ts";

/** Checking in from a browser: the list is taken along, and what is recorded is sent when there is a network. */
export function CheckIn({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const me = useMe();
  const sending = useSending(id);
  const [list, setList] = useState<CheckInListOut | null>(() => keptList(me.id, id));
  const [error, setError] = useState<unknown>(null);
  const take = async (name: string): Promise<void> => {
    setError(null);
    try {
      const { data } = await takeCheckInList({ path: { sitting_id: id }, body: { name }, throwOnError: true });
      keepList(me.id, data);
      setList(data);
    } catch (refusal) {
      setError(refusal);
    }
  };
  const begin = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void take(String(new FormData(event.currentTarget).get("name") ?? ""));
  };
  return (
    <section className="panel">
      <h2>{t("days.view.checkIn")}</h2>
      {!list && (
        <form onSubmit={begin}>
          <p className="muted">{t("days.checkInHint")}</p>
          <Labelled label={t("days.deviceName")} hint={t("days.deviceHint")}>
            <input name="name" required defaultValue={t("days.thisBrowser", { name: me.name })} />
          </Labelled>
          {sending.waiting.length > 0 && (
            <p className="consequence">{t("days.waits", { count: sending.waiting.length })}</p>
          )}
          <Button type="primary" htmlType="submit">
            {t("days.takeList")}
          </Button>
        </form>
      )}
      {list && (
        <>
          <p className="page-deeds">
            <span className="muted">
              {t("days.listed", {
                count: list.candidates.length,
                at: instant(list.listed_at),
                revision: list.revision,
              })}
            </span>
            <Button onClick={() => void take(t("days.thisBrowser", { name: me.name }))}>{t("days.takeAgain")}</Button>
          </p>
          <Door list={list} sending={sending} />
        </>
      )}
      {error !== null && <ProblemNote error={error} />}
    </section>
  );
}
