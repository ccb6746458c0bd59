import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { OwnProgressOut } from "@/api/light/types.gen.ts";
import * as asks from "../kit/ask.ts";
import { Row } from "../kit/Row.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { useWord } from "../kit/words.ts";

/** What is lacking for the diploma, and how far each certificate is. */
export function Progress() {
  const { t } = useTranslation("student");
  const word = useWord();
  const { data } = useSuspenseQuery(asks.progress());
  return (
    <Screen title={t("progress.title")} back={{ to: "/m", title: t("tab.home") }}>
      <Diploma progress={data} />
      <Section title={t("progress.category")}>
        <ul className="rows card-rows">
          {data.lacks.length === 0 && data.missing.length === 0 && <li className="row">{t("progress.complete")}</li>}
          {data.lacks.map((it) => (
            <Row
              key={it.category}
              title={word("category", it.category)}
              note={[
                it.compulsory_left > 0 && t("progress.compulsory", { count: it.compulsory_left }),
                Number(it.convertible) > 0 && t("progress.convertible", { credit: it.convertible }),
              ]
                .filter(Boolean)
                .join(" · ")}
              end={it.left && <span className="num">{t("progress.leftCredit", { credit: it.left })}</span>}
            />
          ))}
        </ul>
      </Section>
      <Section title={t("progress.certificates")}>
        <ul className="rows card-rows">
          {data.certificates.length === 0 && <li className="row muted">{t("progress.none")}</li>}
          {data.certificates.map((it) => (
            <Row
              key={it.certificate_level_id}
              to="/m/credits/$levelId"
              params={{ levelId: it.certificate_level_id }}
              title={`${it.certificate_name} · ${word("level", it.level)}`}
              note={t("progress.deposited", { credit: it.deposited })}
              end={word("stage", it.stage)}
            />
          ))}
        </ul>
      </Section>
      {data.missing.length > 0 && (
        <Section title={t("progress.missing")}>
          <ul>
            {data.missing.map((code) => (
              <li key={code}>{word("missing", code)}</li>
            ))}
          </ul>
        </Section>
      )}
    </Screen>
  );
}

function Diploma({ progress }: { progress: OwnProgressOut }) {
  const { t } = useTranslation("student");
  const { required, earned, left } = progress;
  if (required === null) return null;
  const share = Number(required) > 0 ? Math.min(1, Number(earned) / Number(required)) : 0;
  return (
    <div className="card balance">
      <span className="muted">{t("progress.left")}</span>
      <strong className="num balance-figure">{left}</strong>
      <progress value={share} aria-label={t("progress.bar", { earned, required })} />
      <span className="num">{t("progress.bar", { earned, required })}</span>
    </div>
  );
}
