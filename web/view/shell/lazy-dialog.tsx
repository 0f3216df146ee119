// A button that opens a dialog whose code is loaded when it is first opened.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { sheetOpen } from "../keys/dispatch.ts";
import { announce } from "./announcer.tsx";

interface Contents {
  /** Closes the dialog. */
  readonly close: () => void;
}

/** Makes such a button. `load` gives what the dialog shows; it must have a heading with the id "dialog". */
export function lazyDialog(load: () => Promise<ComponentType<Contents>>) {
  const content = signal<ComponentType<Contents> | null>(null);
  const open = signal(false);
  const close = (): void => {
    open.value = false;
  };

  async function show(): Promise<void> {
    try {
      content.value ??= await load();
      open.value = true;
    } catch {
      announce("This could not be loaded. Is the server there?");
    }
  }

  return function LazyDialog({ label }: { readonly label: string }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const Content = content.value;
    const isOpen = open.value;
    useEffect(() => {
      sheetOpen.value = false;
      if (isOpen) dialog.current?.showModal();
      else dialog.current?.close();
    }, [isOpen]);
    return (
      <>
        <button type="button" class="quiet" onClick={() => void show()}>
          {label}
        </button>
        <dialog ref={dialog} aria-labelledby="dialog" onClose={close}>
          {isOpen && Content !== null && <Content close={close} />}
        </dialog>
      </>
    );
  };
}
