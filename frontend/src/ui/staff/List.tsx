import { keepPreviousData, type QueryKey, type UseQueryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { download, save } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";
import { keep, kept } from "@/lib/theme.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { type Filter, FilterBar } from "./FilterBar.tsx";
import { type Choice, type Column, Grid } from "./Grid.tsx";
import { cellsOf, everyRow, ROWS_MAX, workbook } from "./sheet.ts";
import { type Search, useUrlState } from "./url.ts";
import { useWords } from "./words.ts";

/** What a list asks for: every query has only optional parts, so a list without filters fits each. */
export type Asked = Record<string, never>;

interface AnyPage {
  items: unknown[];
  next_page_token: string | null;
}

export interface ListProps<Page extends AnyPage, Failure, Key extends QueryKey, Row = Page["items"][number]> {
  /** Names the list in what this browser keeps: columns and saved filters. */
  name: string;
  label: string;
  options: (query: Asked) => UseQueryOptions<Page, Failure, Page, Key>;
  columns: Column<Row>[];
  filters?: readonly Filter[];
  fixed?: Search | undefined;
  keyOf: (row: Row) => string;
  to?: (row: Row) => string;
  empty: { title: string; hint: string; action?: ReactNode };
  exports?: { path: string; file: string };
  /** What the API's own export is called, where it is no workbook. */
  exportLabel?: string;
  choice?: Choice | undefined;
}

/** A list of the API: filters and place in the address, columns as chosen, what to do when it is empty. */
export function List<Page extends AnyPage, Failure, Key extends QueryKey>(props: ListProps<Page, Failure, Key>) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const [search, change] = useUrlState();
  const [hidden, setHidden] = useState(() => new Set((kept(`columns.${props.name}`) ?? "").split(",").filter(Boolean)));
  const names = (props.filters ?? []).map((filter) => filter.name);
  const filtered = Object.fromEntries(names.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
  const query = { ...props.fixed, ...filtered, page_size: 20, ...(search.at && { page_token: search.at }) };
  const answer = useQuery<Page, Failure, Page, Key>({
    ...props.options(query as unknown as Asked),
    placeholderData: keepPreviousData as never,
  });
  const columns = props.columns.filter((column) => !hidden.has(column.key));
  const toggle = (key: string, isShown: boolean): void => {
    const next = new Set(hidden);
    if (isShown) next.delete(key);
    else next.add(key);
    keep(`columns.${props.name}`, [...next].join(","));
    setHidden(next);
  };
  const ofEveryPage = async (): Promise<void> => {
    const { rows, isCut } = await everyRow(async (at) => {
      const asked = { ...props.fixed, ...filtered, page_size: 100, ...(at && { page_token: at }) };
      const options = props.options(asked as unknown as Asked);
      return (await queryClient.fetchQuery({ ...options, staleTime: 0 } as never)) as Page;
    });
    const kept = columns.filter((column) => column.key !== "deeds");
    const cells = cellsOf(kept, rows as Page["items"], word);
    save(
      await workbook(
        cells,
        kept.map((column) => Math.max(14, column.title.length * 2 + 2)),
      ),
      `${props.label}.xlsx`,
    );
    if (isCut) message.warning(t("list.exportCut", { count: ROWS_MAX }));
  };
  const exportRows = async (): Promise<void> => {
    setSaving(true);
    try {
      await (props.exports ? download(props.exports.path, props.exports.file) : ofEveryPage());
    } catch (error) {
      message.error(problemOf(error).detail || t("list.exportFailed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="list">
      {props.filters && props.filters.length > 0 && <FilterBar list={props.name} filters={props.filters} />}
      <div className="list-tools">
        <details className="columns">
          <summary>{t("list.columns")}</summary>
          <div>
            {props.columns.slice(1).map((column) => (
              <label key={column.key}>
                <input
                  type="checkbox"
                  checked={!hidden.has(column.key)}
                  onChange={(event) => toggle(column.key, event.target.checked)}
                />{" "}
                {column.title}
              </label>
            ))}
          </div>
        </details>
        <Button loading={isSaving} onClick={() => void exportRows()} disabled={answer.data?.items.length === 0}>
          {props.exportLabel ?? t("list.export")}
        </Button>
      </div>
      {answer.isPending && <Waiting />}
      {answer.error !== null && answer.data === undefined && (
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.items.length === 0 && (
        <Empty
          title={Object.keys(filtered).length > 0 ? t("list.noneFits") : props.empty.title}
          hint={Object.keys(filtered).length > 0 ? t("list.noneFitsHint") : props.empty.hint}
        >
          {props.empty.action}
        </Empty>
      )}
      {answer.data && answer.data.items.length > 0 && <Grid {...props} columns={columns} rows={answer.data.items} />}
      {(search.at || answer.data?.next_page_token) && (
        <nav className="pages" aria-label={t("list.pages")}>
          {search.at && <Button onClick={() => change({ at: undefined })}>{t("list.first")}</Button>}
          {search.at && <Button onClick={() => history.back()}>{t("list.previous")}</Button>}
          {answer.data?.next_page_token && (
            <Button onClick={() => change({ at: answer.data?.next_page_token ?? undefined })}>{t("list.next")}</Button>
          )}
        </nav>
      )}
    </div>
  );
}
