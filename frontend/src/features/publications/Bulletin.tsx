import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getBulletinOptions, listBulletinReadersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { correctBulletin, readBulletin, withdrawBulletin } from "@/api/staff/sdk.gen.ts";
import type { AudiencePartOut, BulletinOut } from "@/api/staff/types.gen.ts";
import { instant, share } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Paragraphs } from "./Marked.tsx";
import "./publications.css";

export function Bulletin({ id }: { id: string }) {
  return <Loaded options={getBulletinOptions({ path: { bulletin_id: id } })}>{(it) => <Known it={it} />}</Loaded>;
}

/** Says an audience in words: who, and where. */
export function useAudience(): (parts: readonly AudiencePartOut[]) => string {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (parts) =>
    parts
      .map((part) => {
        const who = part.role ? word(part.role) : t("publications.everybody");
        const where = part.college_name ?? part.programme_name;
        return where ? `${where} · ${who}` : who;
      })
      .join("；") || "—";
}

function Known({ it }: { it: BulletinOut }) {
  const { t } = useTranslation("staff");
  const audience = useAudience();
  const deeds = useBulletinDeeds(it);
  return (
    <>
      <PageHead
        title={it.is_important ? `【${t("publications.important")}】${it.title}` : it.title}
        state={<State of={it.state} />}
        hint={[
          it.college_name ?? t("publications.office"),
          instant(it.published_at),
          t("publications.until", { date: it.down_on }),
        ].join(" · ")}
      >
        <Deeds allowed={it.allowed_deeds} deeds={deeds} />
      </PageHead>
      {it.superseded_by && (
        <p className="consequence">
          <Link to={`/bulletins/${it.superseded_by}` as never}>{t("publications.supersededBy")}</Link>
        </p>
      )}
      {it.withdrawal_note && (
        <p className="consequence">{t("publications.withdrawnBecause", { note: it.withdrawal_note })}</p>
      )}
      <section className="panel">
        {it.correction_note && <p className="muted">{t("publications.corrects", { note: it.correction_note })}</p>}
        <Paragraphs text={it.body} />
        {it.read_at && <p className="muted">{t("publications.readAt", { instant: instant(it.read_at) })}</p>}
        <Facts
          facts={[
            [t("publications.audience"), audience(it.audience)],
            [t("publications.isPublic"), it.is_public ? "✓" : "—"],
            ...(it.reach ? [[t("publications.reach"), share(it.reach.read, it.reach.addressed)] as const] : []),
          ]}
        />
        {it.supersedes_id && it.reach && (
          <Link to={`/bulletins/${it.supersedes_id}` as never}>{t("publications.seeOld")}</Link>
        )}
      </section>
      {it.reach && <Readers id={it.id} />}
      {it.reach && <Audit of={it.id} />}
    </>
  );
}

/** Those it is for, and when each read it. */
function Readers({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("publications.readers")}</h2>
      <List
        name="bulletin-readers"
        label={t("publications.readers")}
        options={(query) => listBulletinReadersOptions({ path: { bulletin_id: id }, query })}
        keyOf={(it) => it.person_id}
        filters={[
          {
            name: "is_read",
            label: field("state"),
            options: [
              { value: "true", label: t("publications.readersRead") },
              { value: "false", label: t("publications.readersUnread") },
            ],
          },
        ]}
        columns={[
          { key: "name", title: t("publications.name"), show: (it) => it.name },
          { key: "role", title: t("publications.role"), show: (it) => it.roles.map((role) => word(role)).join("、") },
          { key: "college", title: t("publications.college"), show: (it) => it.college_names.join("、") || "—" },
          {
            key: "read",
            title: t("publications.readersRead"),
            show: (it) => (it.read_at ? instant(it.read_at) : t("publications.unread")),
          },
        ]}
        empty={{ title: t("publications.noReaders"), hint: t("publications.noReadersHint") }}
      />
    </section>
  );
}

function useBulletinDeeds(it: BulletinOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const to = { path: { bulletin_id: it.id }, throwOnError: true } as const;
  return {
    read: { isPlain: true, run: () => readBulletin(to) },
    correct: {
      consequence: t("publications.correctSays"),
      fields: [{ name: "correction_note", label: t("publications.correctionNote"), type: "long" }],
      run: async (values) => {
        const { data } = await correctBulletin({ ...to, body: { correction_note: values.correction_note ?? "" } });
        await navigate({ to: `/bulletin-drafts/${data.id}` as never });
      },
    },
    withdraw: {
      label: t("publications.withdraw"),
      consequence: t("publications.withdrawSays"),
      isDanger: true,
      fields: [{ name: "withdrawal_note", label: t("publications.withdrawalNote"), type: "long" }],
      run: (values) => withdrawBulletin({ ...to, body: { withdrawal_note: values.withdrawal_note ?? "" } }),
    },
  };
}
