import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getCertificateOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  addCertificateLevel,
  changeCertificate,
  deleteCertificate,
  deleteCertificateLevel,
  getCertificate,
} from "@/api/staff/sdk.gen.ts";
import type { CertificateOut, Level, LevelOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LEVELS } from "./levels.ts";
import { SchemeShown } from "./SchemeShown.tsx";

export function Certificate({ id }: { id: string }) {
  return (
    <Loaded options={getCertificateOptions({ path: { certificate_id: id } })}>
      {(it) => <Known certificate={it} />}
    </Loaded>
  );
}

function Known({ certificate }: { certificate: CertificateOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  return (
    <>
      <PageHead title={certificate.name} hint={certificate.organisation.name}>
        {may("reviews:read") && (
          <LinkButton to={`/reviews?certificate_id=${certificate.id}`}>{t("menu.reviews")}</LinkButton>
        )}
        {may("scorecards:read") && (
          <LinkButton to={`/scorecards/${certificate.id}`}>{t("scorecards.title")}</LinkButton>
        )}
        {may("certificates:manage") && <Manage certificate={certificate} />}
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("batch"), certificate.batch],
            [field("basis"), certificate.basis],
          ]}
        />
      </section>
      {certificate.levels.length === 0 && <p className="muted">{t("catalogue.noLevels")}</p>}
      {certificate.levels.map((level) => (
        <OneLevel key={level.id} certificate={certificate} level={level} />
      ))}
      <Audit of={certificate.id} />
    </>
  );
}

function Manage({ certificate }: { certificate: CertificateOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const navigate = useNavigate();
  const path = { certificate_id: certificate.id };
  const there = certificate.levels.map((it) => it.level);
  const missing = LEVELS.filter((level) => !there.includes(level));
  return (
    <>
      <Change
        shown={certificate}
        consequence={t("catalogue.changeSays")}
        fields={(it) => [
          { name: "name", label: field("name"), initial: it.name },
          { name: "batch", label: field("batch"), initial: it.batch ?? "", isOptional: true },
          { name: "basis", label: field("basis"), initial: it.basis },
        ]}
        run={(it, values) =>
          changeCertificate({
            path,
            headers: ifMatch(it),
            body: { name: values.name ?? "", batch: values.batch || null, basis: values.basis ?? "" },
            throwOnError: true,
          })
        }
        read={async () => (await getCertificate({ path, throwOnError: true })).data}
      />
      <Deeds
        allowed={missing.length > 0 ? ["addLevel", "delete"] : ["delete"]}
        deeds={{
          addLevel: {
            label: t("catalogue.addLevel"),
            consequence: t("catalogue.addLevelSays"),
            fields: [
              {
                name: "level",
                label: field("level"),
                options: missing.map((value) => ({ value, label: word(`level_${value}`) })),
              },
            ],
            run: (it) =>
              addCertificateLevel({
                path,
                headers: ifMatch(certificate),
                body: { level: it.level as Level },
                throwOnError: true,
              }),
          },
          delete: {
            label: t("catalogue.delete"),
            consequence: t("catalogue.deleteSays"),
            isDanger: true,
            typed: certificate.name,
            run: async () => {
              await deleteCertificate({ path, headers: ifMatch(certificate), throwOnError: true });
              await navigate({ to: "/certificates" as never });
            },
          },
        }}
      />
    </>
  );
}

function OneLevel({ certificate, level }: { certificate: CertificateOut; level: LevelOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const may = useMay();
  return (
    <section className="panel">
      <h2>{word(`level_${level.level}`)}</h2>
      {level.scheme ? <SchemeShown scheme={level.scheme} /> : <p className="muted">{t("certificates.noScheme")}</p>}
      <br />
      <div className="page-deeds">
        <LinkButton to={`/schemes/${level.id}`}>
          {may("certificates:manage") ? t("schemes.versionsAndNew") : t("schemes.versions")}
        </LinkButton>
        <Deeds
          allowed={may("certificates:manage") ? ["removeLevel"] : []}
          deeds={{
            removeLevel: {
              label: t("catalogue.removeLevel"),
              consequence: t("catalogue.removeLevelSays", { level: word(`level_${level.level}`) }),
              isDanger: true,
              run: () =>
                deleteCertificateLevel({
                  path: { certificate_id: certificate.id, level_id: level.id },
                  headers: ifMatch(certificate),
                  throwOnError: true,
                }),
            },
          }}
        />
      </div>
    </section>
  );
}
