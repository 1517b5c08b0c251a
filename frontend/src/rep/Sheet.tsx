import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A card over the lower part of the page; the browser's own dialog keeps the focus inside. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const closeFromOutside = (event: MouseEvent) => {
      if (event.target === element) element.close();
    };
    element.showModal();
    element.addEventListener("click", closeFromOutside);
    return () => {
      element.removeEventListener("click", closeFromOutside);
    };
  }, []);

  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="sheet-title" onClose={onClose}>
      <div className="sheet-body">
        <div className="sheet-head">
          <h2 id="sheet-title">{title}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            <IconX size={24} aria-hidden />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
