import { useTranslation } from "react-i18next";
import { getPostCoverageOptions, listCollegePostsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { proposeCollegePost } from "@/api/staff/sdk.gen.ts";
import type { PostFillingOut, PostKind, PostsOfCollegeOut } from "@/api/staff/types.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { FilterBar } from "@/ui/staff/FilterBar.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { holderIn, useHolders } from "./holders.tsx";
import { usePostDeeds } from "./postDeeds.ts";
import "./posts.css";

const KINDS = ["person_in_charge", "dedicated_staff", "liaison"] as const;

/** Who answers for the pilot in each college, and where nobody does. */
export function Posts() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const views = [
    ["matrix", t("posts.matrix")],
    ["terms", t("posts.terms")],
  ] as const;
  const view = viewIn(views, search.view);
  const action = <Deeds allowed={may("college_posts:propose") ? ["propose"] : []} deeds={{ propose: useProposal() }} />;
  return (
    <>
      <PageHead title={t("menu.posts")} hint={t("posts.hint")}>
        {action}
      </PageHead>
      <Views views={views} now={view} label={t("menu.posts")} />
      {view === "matrix" ? <Matrix /> : <Terms action={action} />}
    </>
  );
}

function useProposal(): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  const me = useMe();
  const every = useColleges();
  const colleges = me.college_ids.length > 0 ? every.filter((it) => me.college_ids.includes(it.value)) : every;
  return {
    label: t("posts.propose"),
    consequence: t("posts.proposeSays"),
    fields: [
      {
        name: "college_id",
        label: field("college"),
        options: colleges,
        ...(colleges.length === 1 && colleges[0] && { initial: colleges[0].value }),
      },
      { name: "kind", label: t("posts.post"), options: useOptions(KINDS, "post") },
      { name: "holder", label: t("posts.holder"), options: useHolders() },
      { name: "held_from", label: t("posts.from"), type: "date" },
      { name: "held_to", label: t("posts.to"), type: "date", isOptional: true, hint: t("posts.openHint") },
    ],
    run: (it) =>
      proposeCollegePost({
        body: {
          college_id: it.college_id ?? "",
          kind: (it.kind ?? "") as PostKind,
          holder: holderIn(it.holder),
          held_from: it.held_from ?? "",
          held_to: it.held_to || null,
        },
        throwOnError: true,
      }),
  };
}

/** Colleges beside their posts as of a day; what is empty is said in words. */
function Matrix() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const [search] = useUrlState();
  const deedsOf = usePostDeeds(useHolders());
  const query = {
    ...(search.on && { on: search.on }),
    ...(search.within_days && { within_days: Number(search.within_days) }),
    ...(search.college_id && { college_id: search.college_id }),
  };
  const cell = (filling: PostFillingOut | undefined, college: PostsOfCollegeOut) => (
    <div className="post-cell">
      {filling?.holders.map((post) => (
        <div key={post.id}>
          <strong>{post.holder_name}</strong>{" "}
          <span className="muted">{post.held_to ? t("posts.until", { day: post.held_to }) : t("posts.noEnd")}</span>
          <div className="page-deeds">
            <Deeds allowed={post.allowed_deeds} deeds={deedsOf(post)} />
          </div>
        </div>
      ))}
      {college.is_pilot && filling && !filling.is_filled && <strong className="fault">{t("posts.empty")}</strong>}
      {college.is_pilot && filling?.is_filled && filling.gap_from && (
        <strong className="fault">{t("posts.emptyFrom", { day: filling.gap_from })}</strong>
      )}
      {!college.is_pilot && filling?.holders.length === 0 && "—"}
    </div>
  );
  return (
    <>
      <FilterBar
        list="post-coverage"
        filters={[
          { name: "on", label: t("posts.on"), type: "date" },
          { name: "within_days", label: t("posts.within"), type: "number" },
          { name: "college_id", label: field("college"), options: useColleges() },
        ]}
      />
      <Loaded options={getPostCoverageOptions({ query })}>
        {(it) => (
          <>
            <section className="panel">
              <Facts
                facts={[
                  [t("posts.on"), `${it.on} → ${it.until}`],
                  [t("posts.unfilled"), it.unfilled],
                  [t("posts.opening"), it.opening],
                ]}
              />
            </section>
            {it.colleges.length === 0 && <Empty title={t("posts.none")} hint={t("posts.noneHint")} />}
            <Grid
              label={t("menu.posts")}
              rows={it.colleges}
              keyOf={(college) => college.college_id}
              columns={[
                {
                  key: "college",
                  title: field("college"),
                  show: (college) => (
                    <>
                      {college.college_name}
                      {!college.is_pilot && <small className="muted"> {t("posts.notPilot")}</small>}
                    </>
                  ),
                },
                ...KINDS.map((kind) => ({
                  key: kind,
                  title: word(kind, "post"),
                  show: (college: PostsOfCollegeOut) =>
                    cell(
                      college.posts.find((post) => post.kind === kind),
                      college,
                    ),
                })),
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Every term there was, with proposals for those who may see them. */
function Terms({ action }: { action: React.ReactNode }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const deedsOf = usePostDeeds(useHolders());
  return (
    <List
      name="college-posts"
      label={t("posts.terms")}
      options={(query) => listCollegePostsOptions({ query })}
      keyOf={(it) => it.id}
      filters={[
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "kind", label: t("posts.post"), options: useOptions(KINDS, "post") },
        { name: "state", label: field("state"), options: useOptions(["proposed", "appointed", "declined"], "post") },
        { name: "on", label: t("posts.on"), type: "date" },
      ]}
      columns={[
        { key: "holder", title: t("posts.holder"), show: (it) => it.holder_name },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        { key: "kind", title: t("posts.post"), show: (it) => word(it.kind, "post") },
        { key: "from", title: t("posts.from"), show: (it) => it.held_from },
        { key: "to", title: t("posts.to"), show: (it) => it.held_to ?? t("posts.noEnd") },
        { key: "document", title: field("document_number"), show: (it) => it.document ?? "—" },
        { key: "note", title: t("posts.note"), show: (it) => it.handover_note ?? it.decline_reason ?? "—" },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} as="post" /> },
        {
          key: "deeds",
          title: field("deeds"),
          show: (it) => (
            <div className="page-deeds">
              <Deeds allowed={it.allowed_deeds} deeds={deedsOf(it)} />
            </div>
          ),
        },
      ]}
      empty={{ title: t("posts.none"), hint: t("posts.noneHint"), action }}
    />
  );
}
