import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, kept } from "@/lib/theme.ts";
import { type Search, useUrlState } from "./url.ts";

export interface Filter {
  name: string;
  label: string;
  options?: readonly { value: string; label: string }[];
  type?: "text" | "date" | "number";
}

type Saved = Record<string, Search>;

function savedOf(list: string): Saved {
  try {
    return JSON.parse(kept(`filters.${list}`) ?? "{}") as Saved;
  } catch {
    return {};
  }
}

/** The filters of a list: what is chosen goes into the address, and a choice can be kept under a name. */
export function FilterBar({ list, filters }: { list: string; filters: readonly Filter[] }) {
  const { t } = useTranslation("staff");
  const [search, change] = useUrlState();
  const [saved, setSaved] = useState(() => savedOf(list));
  const [name, setName] = useState("");
  const active = filters.filter((filter) => search[filter.name]);
  const chosen = Object.fromEntries(active.map((filter) => [filter.name, search[filter.name] ?? ""]));
  const put = (next: Saved): void => {
    keep(`filters.${list}`, JSON.stringify(next));
    setSaved(next);
  };
  const apply = (given: Search): void => {
    change({ ...Object.fromEntries(filters.map((it) => [it.name, undefined])), ...given, at: undefined });
  };
  return (
    <form
      className="filters"
      aria-label={t("list.filters")}
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        apply(Object.fromEntries(filters.map((it) => [it.name, String(given.get(it.name) ?? "")])));
      }}
    >
      {filters.map((filter) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: each branch inside is a control
        <label key={filter.name} className="filter">
          <span>{filter.label}</span>
          {filter.options ? (
            <select
              name={filter.name}
              value={search[filter.name] ?? ""}
              onChange={(event) => change({ [filter.name]: event.target.value || undefined, at: undefined })}
            >
              <option value="">{t("list.all")}</option>
              {filter.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          ) : (
            <input
              key={search[filter.name] ?? ""}
              name={filter.name}
              type={filter.type ?? "text"}
              defaultValue={search[filter.name] ?? ""}
            />
          )}
        </label>
      ))}
      <Button htmlType="submit" type="primary">
        {t("list.search")}
      </Button>
      {active.length > 0 && <Button onClick={() => apply({})}>{t("list.clear")}</Button>}
      {(active.length > 0 || Object.keys(saved).length > 0) && (
        <details className="saved">
          <summary>{t("list.saved")}</summary>
          <div>
            {Object.entries(saved).map(([title, given]) => (
              <span key={title}>
                <Button type="link" onClick={() => apply(given)}>
                  {title}
                </Button>
                <Button
                  type="text"
                  aria-label={t("list.forget", { name: title })}
                  onClick={() => put(Object.fromEntries(Object.entries(saved).filter(([it]) => it !== title)))}
                >
                  ×
                </Button>
              </span>
            ))}
            {active.length > 0 && (
              <span>
                <input
                  aria-label={t("list.saveAs")}
                  placeholder={t("list.saveAs")}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
                <Button disabled={!name.trim()} onClick={() => put({ ...saved, [name.trim()]: chosen })}>
                  {t("list.save")}
                </Button>
              </span>
            )}
          </div>
        </details>
      )}
    </form>
  );
}
