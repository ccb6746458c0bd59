import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { listCertificatesOptions, listStudentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useFocusBack } from "@/ui/staff/focus.ts";
import { ENTRIES } from "./menu.ts";

interface Found {
  to: string;
  says: string;
}

const MOST = 8;

/** Go anywhere by typing: pages by their names, students by number or name, certificates. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("staff");
  useFocusBack();
  const may = useMay();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const text = useDeferredValue(typed.trim());
  const asks = text.length >= 2;
  const students = useQuery({
    ...listStudentsOptions({ query: { text, page_size: MOST } }),
    enabled: asks && may("students:read"),
  });
  const certificates = useQuery({
    ...listCertificatesOptions({ query: { text, page_size: MOST } }),
    enabled: asks && may("certificates:read"),
  });
  const pages = ENTRIES.filter((it) => may(it.needs)).map((it) => ({
    to: it.to as string,
    says: t(`menu.${it.name}`),
  }));
  const found: Found[] = [
    ...pages.filter((it) => it.says.toLowerCase().includes(text.toLowerCase())),
    ...(asks ? (students.data?.items ?? []) : []).map((it) => ({
      to: `/students/${it.id}`,
      says: `${it.student_number} ${it.name} · ${it.class_name}`,
    })),
    ...(asks ? (certificates.data?.items ?? []) : []).map((it) => ({
      to: `/certificates/${it.id}`,
      says: `${it.name} · ${it.organisation.name}`,
    })),
  ].slice(0, 20);
  const go = (to: string | undefined): void => {
    if (!to) return;
    onClose();
    void navigate({ to: to as never });
  };
  const listen = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    }
    if (event.key === "Enter") go(found[at]?.to);
  };
  return (
    <Modal open title={t("palette.title")} footer={null} onCancel={onClose} className="palette">
      <input
        // biome-ignore lint/a11y/noAutofocus: whoever opens the palette wants to type
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-found"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        aria-label={t("palette.hint")}
        placeholder={t("palette.hint")}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={listen}
      />
      <div className="found" id="palette-found" role="listbox" aria-label={t("palette.title")}>
        {found.map((it, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses in the field above
          <div
            key={it.to}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => go(it.to)}
          >
            {it.says}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="muted">{t("palette.none")}</p>}
    </Modal>
  );
}
