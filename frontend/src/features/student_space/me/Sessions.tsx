import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listSessionsOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { endOtherSessions } from "@/api/light/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { Deed } from "../kit/Deed.tsx";
import { Row } from "../kit/Row.tsx";
import { Screen } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";

/** Where one is signed in, and a way to end that elsewhere. */
export function Sessions() {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const { items } = useSuspenseQuery(listSessionsOptions()).data;
  return (
    <Screen title={t("me.sessions")} back={{ to: "/m/me", title: t("me.title") }}>
      <ul className="rows card-rows">
        {items.map((it) => (
          <Row
            key={it.id}
            title={it.agent}
            note={`${it.address} · ${t("me.lastUsed", { instant: instant(it.last_used_at) })}`}
            end={it.is_current && <Tag tone="good">{t("me.thisOne")}</Tag>}
          />
        ))}
      </ul>
      {items.length > 1 && (
        <Deed
          name={t("me.endOthers")}
          says={t("me.endOthersSays")}
          tone="risky"
          onDo={() => endOtherSessions({ throwOnError: true }).then(() => queryClient.invalidateQueries())}
        />
      )}
    </Screen>
  );
}
