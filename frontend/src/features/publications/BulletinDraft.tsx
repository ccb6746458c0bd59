import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getBulletinDraftOptions, getBulletinDraftReachOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  changeBulletinDraft,
  discardBulletinDraft,
  getBulletinDraft,
  publishBulletinDraft,
} from "@/api/staff/sdk.gen.ts";
import type { AudienceRole, BulletinDraftOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useColleges, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { type Rows, useRows } from "@/ui/staff/rows.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const ROLES: readonly AudienceRole[] = [
  "student",
  "teacher",
  "coordinator",
  "expert",
  "finance",
  "registrar",
  "auditor",
];
const PART = { role: "", place: "" };

/** A bulletin that is being written: its words, whom it is for, whom it would reach. */
export function BulletinDraft({ id }: { id: string }) {
  return <Loaded options={getBulletinDraftOptions({ path: { draft_id: id } })}>{(it) => <Known it={it} />}</Loaded>;
}

function Known({ it }: { it: BulletinDraftOut }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const path = { draft_id: it.id };
  // What was saved is written on from there; what others save meanwhile takes nobody's words away.
  const [saves, setSaves] = useState(0);
  return (
    <>
      <PageHead title={it.title} state={<State of="draft" />} hint={it.college_name ?? t("publications.office")}>
        <Deeds
          allowed={it.allowed_deeds}
          deeds={{
            publish: {
              consequence: t("publications.publishBulletinSays"),
              run: async () => {
                const { data } = await publishBulletinDraft({ path, headers: ifMatch(it), throwOnError: true });
                await navigate({ to: `/bulletins/${data.id}` as never });
              },
            },
            discard: {
              consequence: t("publications.discardSays"),
              isDanger: true,
              run: async () => {
                await discardBulletinDraft({ path, throwOnError: true });
                await navigate({ to: "/bulletins" as never, search: { view: "drafts" } as never });
              },
            },
          }}
        />
      </PageHead>
      {it.correction_note && <p className="consequence">{t("publications.corrects", { note: it.correction_note })}</p>}
      <Editor key={saves} shown={it} onSaved={() => setSaves(saves + 1)} />
      <Reach id={it.id} />
      <Audit of={it.id} />
    </>
  );
}

function Editor({ shown, onSaved }: { shown: BulletinDraftOut; onSaved: () => void }) {
  const { t } = useTranslation("staff");
  const [words, setWords] = useState({ title: shown.title, body: shown.body, down_on: shown.down_on });
  const [flags, setFlags] = useState({ is_important: shown.is_important, is_public: shown.is_public });
  const parts = useRows(
    PART,
    shown.audience.map((it) => ({
      role: it.role ?? "",
      place: it.college_id ? `c:${it.college_id}` : it.programme_id ? `p:${it.programme_id}` : "",
    })),
  );
  const to = { path: { draft_id: shown.id }, throwOnError: true } as const;
  return (
    <SavingForm
      submit={t("publications.saveDraft")}
      change={{ shown, read: async () => (await getBulletinDraft(to)).data, mine: () => words }}
      save={(over = shown) =>
        changeBulletinDraft({
          ...to,
          headers: ifMatch(over),
          body: {
            ...words,
            ...flags,
            audience: parts.rows.map(({ role, place }) => ({
              role: (role || null) as AudienceRole | null,
              college_id: place.startsWith("c:") ? place.slice(2) : null,
              programme_id: place.startsWith("p:") ? place.slice(2) : null,
            })),
          },
        })
      }
      onSaved={onSaved}
      isBarred={!shown.allowed_deeds.includes("change")}
    >
      <label className="field">
        <span>{t("publications.title")}</span>
        <input required value={words.title} onChange={(event) => setWords({ ...words, title: event.target.value })} />
      </label>
      <label className="field">
        <span>{t("publications.body")}</span>
        <textarea
          required
          rows={8}
          value={words.body}
          onChange={(event) => setWords({ ...words, body: event.target.value })}
        />
      </label>
      <div className="filters">
        <label className="filter">
          <span>{t("publications.downOn")}</span>
          <input
            type="date"
            required
            value={words.down_on}
            onChange={(event) => setWords({ ...words, down_on: event.target.value })}
          />
        </label>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={flags.is_important}
          onChange={(event) => setFlags({ ...flags, is_important: event.target.checked })}
        />{" "}
        {t("publications.important")}
      </label>
      {shown.college_id === null && (
        <label className="check">
          <input
            type="checkbox"
            checked={flags.is_public}
            onChange={(event) => setFlags({ ...flags, is_public: event.target.checked })}
          />{" "}
          {t("publications.isPublicLong")}
        </label>
      )}
      <Audience parts={parts} collegeId={shown.college_id} />
    </SavingForm>
  );
}

function Audience({ parts, collegeId }: { parts: Rows<typeof PART>; collegeId: string | null }) {
  const { t } = useTranslation("staff");
  const roles = useOptions(ROLES);
  const colleges = useColleges().filter((it) => collegeId === null || it.value === collegeId);
  const programmes = useProgrammes();
  return (
    <fieldset>
      <legend>{t("publications.audience")}</legend>
      {parts.rows.length === 0 && <p className="muted">{t("publications.nobody")}</p>}
      {parts.rows.map((row, index) => (
        <div className="filters part" key={row.key}>
          <label className="filter">
            <span>{t("publications.role")}</span>
            <select value={row.role} onChange={(event) => parts.put(index, { role: event.target.value })}>
              <option value="">{t("publications.everybody")}</option>
              {roles.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          <label className="filter">
            <span>{t("publications.place")}</span>
            <select value={row.place} onChange={(event) => parts.put(index, { place: event.target.value })}>
              {collegeId === null && <option value="">{t("publications.everywhere")}</option>}
              {colleges.map((it) => (
                <option key={it.value} value={`c:${it.value}`}>
                  {it.label}
                </option>
              ))}
              {programmes.map((it) => (
                <option key={it.value} value={`p:${it.value}`}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          <Button onClick={() => parts.remove(index)}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => parts.add(collegeId ? { place: `c:${collegeId}` } : {})}>
        {t("publications.addAudience")}
      </Button>
    </fieldset>
  );
}

/** Whom the draft, as it was saved last, would reach if it were published now. */
function Reach({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("publications.preview")}</h2>
      <Loaded options={getBulletinDraftReachOptions({ path: { draft_id: id } })}>
        {(it) => (
          <>
            <p>{t("publications.previewPeople", { count: it.people })}</p>
            {it.parts.length > 0 && (
              <Grid
                label={t("publications.preview")}
                rows={it.parts}
                keyOf={(part) => `${part.role}-${part.college_id}`}
                columns={[
                  { key: "role", title: t("publications.role"), show: (part) => word(part.role) },
                  { key: "college", title: t("publications.college"), show: (part) => part.college_name ?? "—" },
                  { key: "people", title: t("publications.people"), show: (part) => part.people, isNumber: true },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
