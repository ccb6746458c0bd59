import { useTranslation } from "react-i18next";
import { findExamSittingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** The sittings that one examines oneself, and the way to the door of each. */
export function OwnSittings() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const coming = useOptions(["true"]);
  return (
    <>
      <PageHead title={t("menu.ownSittings")} hint={t("ownSittings.hint")} />
      <List
        name="own-sittings"
        label={t("menu.ownSittings")}
        options={(query) => findExamSittingsOptions({ query })}
        fixed={{ is_mine: "true" }}
        keyOf={(it) => it.id}
        to={(it) => `/exam-sittings/${it.id}`}
        filters={[{ name: "is_coming", label: t("ownSittings.coming"), options: coming }]}
        columns={[
          { key: "starts", title: field("starts_at"), show: (it) => instant(it.starts_at) },
          { key: "ends", title: field("ends_at"), show: (it) => instant(it.ends_at) },
          { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
          { key: "level", title: field("level"), show: (it) => word(`level_${it.level}`) },
          { key: "site", title: field("site"), show: (it) => `${it.site_name} · ${it.address}` },
          { key: "rooms", title: t("planning.rooms"), show: (it) => it.rooms.map((room) => room.name).join("、") },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) =>
              may("check_ins:take") && (it.state === "arranged" || it.state === "under_way") ? (
                <LinkButton to={`/exam-sittings/${it.id}?view=check_in`}>{t("days.view.checkIn")}</LinkButton>
              ) : null,
          },
        ]}
        empty={{ title: t("ownSittings.none"), hint: t("ownSittings.noneHint") }}
      />
    </>
  );
}
