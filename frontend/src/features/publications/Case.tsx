import { useTranslation } from "react-i18next";
import { getTypicalCaseOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  acceptTypicalCase,
  assessTypicalCase,
  changeTypicalCase,
  getTypicalCase,
  publishTypicalCase,
  sendBackTypicalCase,
  submitTypicalCase,
  takeDownTypicalCase,
} from "@/api/staff/sdk.gen.ts";
import type { TypicalCaseOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useCaseFields } from "./Cases.tsx";
import { Paragraphs } from "./Marked.tsx";
import "./publications.css";

export function Case({ id }: { id: string }) {
  return <Loaded options={getTypicalCaseOptions({ path: { case_id: id } })}>{(it) => <Known it={it} />}</Loaded>;
}

function Known({ it }: { it: TypicalCaseOut }) {
  const { t } = useTranslation("staff");
  const deeds = useCaseDeeds(it);
  const fields = useCaseFields();
  const path = { case_id: it.id };
  return (
    <>
      <PageHead title={it.title} state={<State of={it.state} />} hint={it.college_name}>
        {it.allowed_deeds.includes("change") && (
          <Change
            shown={it}
            fields={fields}
            read={async () => (await getTypicalCase({ path, throwOnError: true })).data}
            run={(shown, values) =>
              changeTypicalCase({
                path,
                headers: ifMatch(shown),
                body: {
                  title: values.title ?? "",
                  summary: values.summary ?? "",
                  body: values.body ?? "",
                  certificate_id: values.certificate_id || null,
                },
                throwOnError: true,
              })
            }
          />
        )}
        <Deeds allowed={it.allowed_deeds} deeds={deeds} />
        {it.state === "published" && (
          <LinkButton to={`/public/typical-cases/${it.id}`}>{t("publications.publicPage")}</LinkButton>
        )}
      </PageHead>
      {it.state === "returned" && it.comment && (
        <p className="consequence">{t("publications.sentBackBecause", { comment: it.comment })}</p>
      )}
      <section className="panel">
        <Facts
          facts={[
            [t("publications.certificate"), it.certificate_name],
            [t("publications.submittedTimes"), it.submissions],
            [t("publications.summary"), it.summary],
          ]}
        />
        <Paragraphs text={it.body} />
      </section>
      <Opinions it={it} />
      <Decisions it={it} />
      <Audit of={it.id} />
    </>
  );
}

function Opinions({ it }: { it: TypicalCaseOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  if (it.submissions === 0 || !(may("typical_cases:assess") || it.opinions.length > 0)) return null;
  return (
    <section className="panel">
      <h2>{t("publications.opinions")}</h2>
      {it.opinions.length === 0 ? (
        <p className="muted">{t("publications.noOpinions")}</p>
      ) : (
        <Grid
          label={t("publications.opinions")}
          rows={it.opinions}
          keyOf={(_, index) => String(index)}
          columns={[
            { key: "who", title: t("publications.name"), show: (each) => each.person_name },
            {
              key: "submission",
              title: t("publications.submittedTimes"),
              show: (each) => each.submission,
              isNumber: true,
            },
            {
              key: "says",
              title: t("publications.opinion"),
              show: (each) => t(each.recommends ? "publications.recommended" : "publications.notRecommended"),
            },
            { key: "why", title: t("publications.comment"), show: (each) => each.opinion },
            { key: "at", title: t("publications.publishedAt"), show: (each) => instant(each.given_at) },
          ]}
        />
      )}
    </section>
  );
}

function Decisions({ it }: { it: TypicalCaseOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  if (it.decisions.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("publications.decisions")}</h2>
      <Grid
        label={t("publications.decisions")}
        rows={it.decisions}
        keyOf={(_, index) => String(index)}
        columns={[
          { key: "state", title: field("state"), show: (each) => <State of={each.state} /> },
          { key: "comment", title: t("publications.comment"), show: (each) => each.comment ?? "—" },
          {
            key: "submission",
            title: t("publications.submittedTimes"),
            show: (each) => each.submission,
            isNumber: true,
          },
          { key: "at", title: t("publications.publishedAt"), show: (each) => instant(each.decided_at) },
        ]}
      />
    </section>
  );
}

function useCaseDeeds(it: TypicalCaseOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const to = { path: { case_id: it.id }, throwOnError: true } as const;
  const comment = { name: "comment", label: t("publications.comment"), type: "long" } as const;
  const remark = { ...comment, isOptional: true };
  return {
    submit: {
      consequence: t("publications.submitSays"),
      run: () => submitTypicalCase({ ...to, headers: ifMatch(it) }),
    },
    assess: {
      consequence: t("publications.assessSays"),
      fields: [
        { name: "recommends", label: t("publications.recommends"), type: "check", isOptional: true },
        { name: "opinion", label: t("publications.opinion"), type: "long" },
      ],
      run: (values) =>
        assessTypicalCase({
          ...to,
          body: { recommends: values.recommends === "on", opinion: values.opinion ?? "" },
        }),
    },
    accept: {
      label: t("publications.accept"),
      consequence: t("publications.acceptSays"),
      fields: [remark],
      run: (values) => acceptTypicalCase({ ...to, body: { comment: values.comment || null } }),
    },
    send_back: {
      label: t("publications.sendBack"),
      consequence: t("publications.sendBackSays"),
      isDanger: true,
      fields: [comment],
      run: (values) => sendBackTypicalCase({ ...to, body: { comment: values.comment ?? "" } }),
    },
    publish: {
      consequence: t("publications.publishCaseSays"),
      fields: [remark],
      run: (values) => publishTypicalCase({ ...to, body: { comment: values.comment || null } }),
    },
    take_down: {
      consequence: t("publications.takeDownSays"),
      isDanger: true,
      fields: [comment],
      run: (values) => takeDownTypicalCase({ ...to, body: { comment: values.comment ?? "" } }),
    },
  };
}
