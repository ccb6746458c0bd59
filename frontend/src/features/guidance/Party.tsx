import { useTranslation } from "react-i18next";
import { getOutsidePartyOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeOutsideParty, getOutsideParty } from "@/api/staff/sdk.gen.ts";
import type { OutsidePartyOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { ConsultationList } from "./Consultations.tsx";
import { Demands } from "./Demands.tsx";
import { Letters } from "./Letters.tsx";
import { partyOf, usePartyFields } from "./Parties.tsx";

export function Party({ id }: { id: string }) {
  return <Loaded options={getOutsidePartyOptions({ path: { party_id: id } })}>{(it) => <Known it={it} />}</Loaded>;
}

function Known({ it }: { it: OutsidePartyOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const may = useMay();
  const fields = usePartyFields();
  const [search] = useUrlState();
  const to = { path: { party_id: it.id }, throwOnError: true } as const;
  const views = [
    ["letters", t("parties.letters")],
    ["consultations", t("parties.consultations")],
    ["demands", t("parties.demands")],
  ] as const;
  const now = viewIn(views, search.view);
  return (
    <>
      <PageHead title={it.name} hint={word(it.kind, "guided")}>
        {may("consultations:record") && (
          <Change
            shown={it}
            fields={(was) => fields(was)}
            run={(was, values) => changeOutsideParty({ ...to, headers: ifMatch(was), body: partyOf(values) })}
            read={async () => (await getOutsideParty(to)).data}
          />
        )}
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("parties.creditCode"), it.credit_code],
            [t("parties.consultations"), it.consultations],
            [t("parties.letters"), it.correspondence],
            [t("parties.unanswered"), it.unanswered],
            [t("parties.demands"), it.unmet_demands],
            [t("parties.remark"), it.remark],
          ]}
        />
      </section>
      <Views views={views} now={now} label={it.name} />
      {now === "letters" && <Letters partyId={it.id} />}
      {now === "consultations" && <ConsultationList partyId={it.id} />}
      {now === "demands" && <Demands partyId={it.id} />}
      <Audit of={it.id} />
    </>
  );
}
