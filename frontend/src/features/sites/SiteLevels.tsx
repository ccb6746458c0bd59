import { useTranslation } from "react-i18next";
import {
  applyForSiteLevel,
  applyForSiteLevelAgain,
  approveSiteLevel,
  prolongSiteLevel,
  refuseSiteLevel,
  resumeSiteLevel,
  suspendSiteLevel,
  withdrawSiteLevel,
} from "@/api/staff/sdk.gen.ts";
import type { SiteLevelOut, SiteOut } from "@/api/staff/types.gen.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useLevelsOf } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** The levels a site applied for, each with what the college or the organisation may do next. */
export function SiteLevels({ site }: { site: SiteOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const period = usePeriod();
  const held = new Set(site.levels.map((it) => it.certificate_level_id));
  const levels = useLevelsOf(site.organisation_id).filter((it) => !held.has(it.value));
  return (
    <section className="panel">
      <div className="page-head">
        <h2>{t("places.levels")}</h2>
        <div className="page-deeds">
          <Deeds
            allowed={site.allowed_deeds}
            deeds={{
              apply: {
                label: t("places.apply"),
                consequence: t("places.applySays"),
                fields: [
                  { name: "certificate_level_id", label: field("certificate"), options: levels },
                  ...period({ capacity: site.seats }),
                ],
                run: (it) =>
                  applyForSiteLevel({
                    path: { site_id: site.id },
                    body: { ...periodOf(it), certificate_level_id: it.certificate_level_id ?? "" },
                    throwOnError: true,
                  }),
              },
            }}
          />
        </div>
      </div>
      {site.levels.length === 0 && <p className="muted">{t("places.noLevels")}</p>}
      {site.levels.length > 0 && (
        <Grid
          label={t("places.levels")}
          rows={site.levels}
          keyOf={(it) => it.certificate_level_id}
          columns={[
            {
              key: "level",
              title: field("certificate"),
              show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
            },
            { key: "capacity", title: t("places.capacity"), show: (it) => it.capacity, isNumber: true },
            { key: "valid", title: t("places.valid"), show: (it) => `${it.valid_from} – ${it.valid_to}` },
            { key: "is_valid", title: t("places.usable"), show: (it) => word(String(it.is_valid)) },
            { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
            { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
            { key: "deeds", title: field("deeds"), show: (it) => <LevelDeeds siteId={site.id} level={it} /> },
          ]}
        />
      )}
    </section>
  );
}

function LevelDeeds({ siteId, level }: { siteId: string; level: SiteLevelOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const period = usePeriod();
  const path = { site_id: siteId, certificate_level_id: level.certificate_level_id };
  const to = { path, throwOnError: true } as const;
  const reason = [{ name: "reason", label: field("reason"), type: "long" }] as const;
  const why = (it: Values): { reason: string } => ({ reason: it.reason ?? "" });
  const deeds: Record<string, Deed> = {
    approve: {
      consequence: t("sites.approveSays"),
      fields: [...period(level), { name: "remark", label: t("places.remark"), type: "long", isOptional: true }],
      run: (it) => approveSiteLevel({ ...to, body: { ...periodOf(it), remark: it.remark || null } }),
    },
    refuse: {
      consequence: t("sites.refuseSays"),
      isDanger: true,
      fields: reason,
      run: (it) => refuseSiteLevel({ ...to, body: why(it) }),
    },
    prolong: {
      label: t("places.prolong"),
      consequence: t("places.prolongSays"),
      fields: [{ name: "valid_to", label: t("places.validTo"), type: "date", initial: level.valid_to }],
      run: (it) => prolongSiteLevel({ ...to, body: { valid_to: it.valid_to ?? "" } }),
    },
    suspend: {
      consequence: t("sites.suspendSays"),
      isDanger: true,
      fields: reason,
      run: (it) => suspendSiteLevel({ ...to, body: why(it) }),
    },
    resume: {
      label: t("places.resume"),
      consequence: t("places.resumeSays"),
      fields: reason,
      run: (it) => resumeSiteLevel({ ...to, body: why(it) }),
    },
    apply_again: {
      label: t("places.applyAgain"),
      consequence: t("places.applySays"),
      fields: period(level),
      run: (it) => applyForSiteLevelAgain({ ...to, body: periodOf(it) }),
    },
    withdraw: {
      consequence: t("places.withdrawSays"),
      isDanger: true,
      fields: reason,
      run: (it) => withdrawSiteLevel({ ...to, body: why(it) }),
    },
  };
  return (
    <span className="page-deeds">
      <Deeds allowed={level.allowed_deeds} deeds={deeds} />
    </span>
  );
}

interface Period {
  capacity: number;
  valid_from?: string;
  valid_to?: string;
}

/** How many are examined at one time, and from when until when. */
function usePeriod(): (of: Period) => Field[] {
  const { t } = useTranslation("staff");
  return (of) => [
    { name: "capacity", label: t("places.capacity"), type: "number", initial: String(of.capacity) },
    { name: "valid_from", label: t("places.validFrom"), type: "date", initial: of.valid_from ?? "" },
    { name: "valid_to", label: t("places.validTo"), type: "date", initial: of.valid_to ?? "" },
  ];
}

function periodOf(it: Values): { capacity: number; valid_from: string; valid_to: string } {
  return { capacity: Number(it.capacity), valid_from: it.valid_from ?? "", valid_to: it.valid_to ?? "" };
}
